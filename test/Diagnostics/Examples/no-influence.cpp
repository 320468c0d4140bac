// RUN: %check-example %s
// The parameter is not asked for.
// COMMAND: adgen example.cpp --wrt x,k
// MENDED: adgen example.cpp --wrt x
#include <cmath>
double f(double x, double k) { // here
  return x * std::floor(k);
}
