// RUN: %check-example %s
// The bound lies a little inside of where the derivative is finite.
#include <algorithm>
#include <cmath>
double f(double x) {
  return std::sqrt(std::max(x, 0.0)); // here
}
//--- mended
#include <algorithm>
#include <cmath>
double f(double x) {
  return std::sqrt(std::max(x, 1e-12));
}
