// RUN: %check-values %s
// Algorithms of the standard library over ranges.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

// CHECK-VALUES: inner_product wrt=x,y at=({1, 2, 3}, {0.5, 1, 2})
double inner_product(const std::vector<double> &x, const std::vector<double> &y) {
  return std::inner_product(x.begin(), x.end(), y.begin(), 0.0);
}

// CHECK-VALUES: by_algorithm wrt=x at=({1, 3, 2, -1}),({2})
double by_algorithm(const std::vector<double> &x) {
  auto [low, high] = std::minmax_element(x.begin(), x.end());
  return *high * *high - *low;
}

// CHECK-VALUES: softmax_in_place wrt=x at=({1, 2.5, -0.5}, 3),({3}, 1)
void softmax_in_place(double *x, int n) {
  double m = *std::max_element(x, x + n);
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] = std::exp(x[i] - m);
  for (int i = 0; i < n; ++i)
    x[i] /= s;
}
