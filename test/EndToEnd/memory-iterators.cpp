// RUN: %check-values %s
// Iterators that walk through a container.
#include <vector>

// CHECK-VALUES: iterated wrt=x at=({1, 2, 3}),({})
double iterated(const std::vector<double> &x) {
  double s = 1;
  for (auto it = x.begin(); it != x.end(); ++it)
    s = s * *it + 0.5;
  return s;
}
