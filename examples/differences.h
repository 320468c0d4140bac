// What the programs check their derivatives against: central differences.
#ifndef EXAMPLES_DIFFERENCES_H
#define EXAMPLES_DIFFERENCES_H

#include <cmath>
#include <cstdio>

/// Prints a derivative beside that of f at x by central differences,
/// extrapolated once, and says whether they agree.
template <class F>
bool agree(const char *name, double derivative, double x, F f) {
  const auto slope = [&](double step) {
    const double up = x + step, down = x - step;
    return (f(up) - f(down)) / (up - down);
  };
  const double h = 1e-4 * std::fabs(x);
  const double difference = (4 * slope(h) - slope(2 * h)) / 3;
  std::printf("  by %-12s %20.12e, by differences %20.12e\n", name, derivative,
              difference);
  return std::fabs(derivative - difference) <= 1e-5 * std::fabs(derivative);
}

#endif
