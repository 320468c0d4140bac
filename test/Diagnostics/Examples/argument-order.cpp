// RUN: %check-example %s
// The side effect has a statement of its own.
#include <algorithm>

double f(double x, double y) {
  return std::max(std::max(x, y), y = 3); // here
}
//--- mended
#include <algorithm>

double f(double x, double y) {
  double larger = std::max(x, y);
  y = 3;
  return std::max(larger, y);
}
