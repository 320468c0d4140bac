// RUN: %check-example %s
// The value is kept in a variable.
#include <algorithm>

double f(double x, double y) {
  const double &larger = std::max(x, y + 1); // here
  x = 0;
  return x + larger;
}
//--- mended
#include <algorithm>

double f(double x, double y) {
  const double larger = std::max(x, y + 1);
  x = 0;
  return x + larger;
}
