// RUN: %check-example %s
// There is a span for each range.
// COMMAND: adgen example.cpp -- -std=c++20
#include <span>

double f(std::span<const double> x, std::span<const double> y) {
  std::span<const double> s = x; // here
  double a = s[0];
  s = y;
  return a * s[0];
}
//--- mended
#include <span>

double f(std::span<const double> x, std::span<const double> y) {
  std::span<const double> s = x;
  double a = s[0];
  std::span<const double> t = y;
  return a * t[0];
}
