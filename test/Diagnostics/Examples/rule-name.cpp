// RUN: %check-example %s
// The derivative is named after the function.
// COMMAND: adgen example.cpp --function f
#include <adgen/adgen.h>
double area(double r);
ADGEN_DERIVATIVE_OF(area) double slope(double r, double seed); // here

double f(double x) { return area(x); }
//--- mended
#include <adgen/adgen.h>
double area(double r);
ADGEN_DERIVATIVE_OF(area) double area_grad(double r, double seed);

double f(double x) { return area(x); }
