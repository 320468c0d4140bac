// RUN: %check-values %s
// Iterators that walk through a container.
#include <cmath>
#include <iterator>
#include <vector>

// CHECK-VALUES: iterated wrt=x at=({1, 2, 3}),({})
double iterated(const std::vector<double> &x) {
  double s = 1;
  for (auto it = x.begin(); it != x.end(); ++it)
    s = s * *it + 0.5;
  return s;
}

// Iterators that only read: what they reach has a shadow to be written through.
// CHECK-VALUES: constant_iterators wrt=x,t at=(0.5, 0.7),(1, -2)
double constant_iterators(double x, double t) {
  std::vector<double> v = {x, x * x, t};
  const std::vector<double> w = {t, x};
  for (auto it = v.cbegin(); it < v.cend(); ++it)
    t = std::cos(t * *it);
  for (auto it = std::cbegin(w); it != std::cend(w); ++it)
    t *= *it + 0.5;
  for (auto it = w.begin(); it != w.end(); ++it)
    t += *it * *it;
  return t;
}

// Of a vector that lives in one of several branches.
// CHECK-VALUES: in_branch wrt=x,y at=({0.2, 1}, 2),({0.5, 1}, 2),({0.5, 1}, 0.7),({0.5, 1}, -1)
double in_branch(std::vector<double> &x, double y) {
  if (y > 1.0) {
    if (x[0] > 0.3)
      return y;
  } else if (y > 0.0) {
    std::vector<double> v(3, x[1]);
    for (auto it = v.begin(); it < v.end(); ++it)
      y = std::cos(y * *it);
  }
  return x[0] * y;
}
