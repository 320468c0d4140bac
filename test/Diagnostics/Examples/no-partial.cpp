// RUN: %check-example %s
// The order of the function is a constant.
// MENDED: adgen example.cpp --inactive nu
#include <cmath>
double f(double nu, double x) {
  return x * std::cyl_bessel_k(nu, x); // here
}
