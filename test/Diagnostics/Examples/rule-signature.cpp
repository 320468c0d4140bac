// RUN: %check-example %s
// The derivative has one member for each parameter, and a seed.
// COMMAND: adgen example.cpp --function f
#include <adgen/adgen.h>
double product(double x, double y);
ADGEN_DERIVATIVE_OF(product) double product_grad(double x, double y, double seed); // here

double f(double x) { return product(x, x); }
//--- mended
#include <adgen/adgen.h>
double product(double x, double y);
struct product_gradient {
  double x, y;
};
ADGEN_DERIVATIVE_OF(product)
product_gradient product_grad(double x, double y, double seed);

double f(double x) { return product(x, x); }
