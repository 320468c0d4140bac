// RUN: %check-values %s
// Algorithms and loops from the last element to the first, and algorithms that push.
#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <vector>

// CHECK-VALUES: reversed wrt=x at=({1, 2, 4, -1}),({})
double reversed(const std::vector<double> &x) {
  std::vector<double> y(x.size());
  std::copy(x.rbegin(), x.rend(), y.begin());
  double s = 1;
  s = std::accumulate(y.crbegin(), y.crend(), s, [](double a, double b) { return std::sin(a * b) + b; });
  std::transform(x.begin(), x.end(), y.rbegin(), [s](double v) { return s * v; });
  std::vector<double> z(y.rbegin(), y.rend());
  return s + std::inner_product(z.rbegin(), z.rend(), x.begin(), 0.0);
}
// CHECK-VALUES: pushed wrt=x at=({1, 2, 4, -1}),({})
std::vector<double> pushed(const std::vector<double> &x) {
  std::vector<double> y;
  std::transform(x.begin(), x.end(), std::back_inserter(y), [](double v) { return v * v; });
  std::copy(x.rbegin(), x.rend(), std::back_inserter(y));
  std::transform(x.begin(), x.end(), x.rbegin(), std::back_inserter(y), std::multiplies<>());
  return y;
}
// CHECK-VALUES: spread wrt=x at=({1, 2, 4, -1, 3})
double spread(const double *x) {
  const auto [low, high] = std::minmax_element(x, x + 5);
  double s = *low * *high * low[1];
  return s * (high - low);
}
// CHECK-VALUES: exchanged wrt=x at=({1, 2, 4, -1, 3})
void exchanged(std::vector<double> &x) {
  auto [low, high] = std::minmax_element(x.begin(), x.end());
  *low *= *high;
  std::swap(*low, *high);
}

// CHECK-VALUES: backwards wrt=x at=({1, 2, 4, -1, 3}),({})
double backwards(std::vector<double> &x) {
  double s = 1;
  for (auto it = x.rbegin(); it != x.rend(); ++it) {
    if (*it < 0)
      continue;
    s += s * *it;
    *it *= s;
    if (s > 30)
      break;
  }
  for (auto it = x.crbegin(); it != x.crend(); it++)
    s = std::sin(s) + *it;
  return s;
}
