// RUN: %check-example %s
// Something smooth stands in place of the step.
double f(double x, double y) { // here
  return x > 1 ? y : 0;
}
//--- mended
#include <cmath>
double f(double x, double y) {
  return y / (1 + std::exp(-10 * (x - 1)));
}
