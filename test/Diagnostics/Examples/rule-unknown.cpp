// RUN: %check-example %s
// The name is qualified.
// COMMAND: adgen example.cpp --function f
#include <adgen/adgen.h>
namespace shapes {
double area(double r);
}
ADGEN_DERIVATIVE_OF(area) double area_grad(double r, double seed); // here

double f(double x) { return shapes::area(x); }
//--- mended
#include <adgen/adgen.h>
namespace shapes {
double area(double r);
}
ADGEN_DERIVATIVE_OF(shapes::area) double area_grad(double r, double seed);

double f(double x) { return shapes::area(x); }
