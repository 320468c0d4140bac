// RUN: %check-example %s
// The template's arguments choose one.
// COMMAND: adgen example.cpp --function f
#include <adgen/adgen.h>
template <int n> double power(double x);
double f(double x) { return power<2>(x) + 3 * power<2>(2 * x); }
double other(double x) { return power<3>(x); }
ADGEN_DERIVATIVE_OF(power) double power_grad(double x, double seed); // here
//--- mended
#include <adgen/adgen.h>
template <int n> double power(double x);
double f(double x) { return power<2>(x) + 3 * power<2>(2 * x); }
double other(double x) { return power<3>(x); }
ADGEN_DERIVATIVE_OF(power<2>) double power_grad(double x, double seed);
