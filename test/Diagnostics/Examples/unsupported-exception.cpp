// RUN: %check-example %s
// What may go wrong is asked about before.
#include <cmath>
#include <stdexcept>

static double root(double x) {
  if (x < 0)
    throw std::domain_error("negative");
  return std::sqrt(x);
}

double f(double x) {
  try { // here
    return root(x);
  } catch (const std::domain_error &) {
    return 0;
  }
}
//--- mended
#include <cmath>
#include <stdexcept>

static double root(double x) {
  if (x < 0)
    throw std::domain_error("negative");
  return std::sqrt(x);
}

double f(double x) {
  if (x < 0)
    return 0;
  return root(x);
}
