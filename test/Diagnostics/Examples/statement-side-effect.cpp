// RUN: %check-example %s
// The input is read by the caller.
#include <cstdio>

double f(double x) {
  double scale = 1;
  std::scanf("%lf", &scale); // here
  return scale * x;
}
//--- mended
double f(double x, double scale) {
  return scale * x;
}
