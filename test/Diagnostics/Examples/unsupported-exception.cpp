// RUN: %check-example %s
// The function returns a number that says so.
#include <cmath>
#include <stdexcept>

double f(double x) {
  if (x < 0)
    throw std::domain_error("negative"); // here
  return std::sqrt(x);
}
//--- mended
#include <cmath>

double f(double x) {
  if (x < 0)
    return NAN;
  return std::sqrt(x);
}
