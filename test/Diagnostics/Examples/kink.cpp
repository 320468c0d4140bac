// RUN: %check-example %s
// A smooth function that is close to it has a derivative everywhere.
// COMMAND: adgen example.cpp --warning kink
#include <cmath>
double f(double x) {
  return std::fabs(x); // here
}
//--- mended
#include <cmath>
double f(double x) {
  return std::sqrt(x * x + 1e-6);
}
