// RUN: %check-example %s
// Both vectors are declared in front of the loop.
#include <utility>
#include <vector>

double f(std::vector<double> u, int n) {
  for (int t = 0; t < n; ++t) {
    std::vector<double> next;
    for (std::size_t i = 0; i < u.size(); ++i)
      next.push_back(u[i] * u[0]);
    std::swap(u, next); // here
  }
  return u[0];
}
//--- mended
#include <utility>
#include <vector>

double f(std::vector<double> u, int n) {
  std::vector<double> next;
  for (int t = 0; t < n; ++t) {
    next.clear();
    for (std::size_t i = 0; i < u.size(); ++i)
      next.push_back(u[i] * u[0]);
    std::swap(u, next);
  }
  return u[0];
}
