// RUN: %check-values %s
// Containers that are returned.
#include <array>
#include <cmath>
#include <vector>

// CHECK-VALUES: returned wrt=x at=({1, 2, 3}),({})
std::vector<double> returned(const std::vector<double> &x) {
  std::vector<double> y(x.size());
  for (std::size_t i = 0; i < x.size(); ++i)
    y[i] = x[i] * x[x.size() - 1 - i];
  return y;
}

// CHECK-VALUES: multiplied wrt=a,b at=({{1, 2}, {3, 4}}, {{0.5, 1}, {-1, 2}})
std::vector<std::vector<double>> multiplied(const std::vector<std::vector<double>> &a,
                                            const std::vector<std::vector<double>> &b) {
  std::vector<std::vector<double>> c(a.size(), std::vector<double>(b[0].size()));
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < b[0].size(); ++j)
      for (std::size_t k = 0; k < b.size(); ++k)
        c[i][j] += a[i][k] * b[k][j];
  return c;
}

// CHECK-VALUES: of_arrays wrt=a,b at=({1, 2, 3}, {0.5, 1, 2})
std::array<double, 2> of_arrays(const std::array<double, 3> &a, std::array<double, 3> b) {
  std::array<double, 2> r{};
  for (std::size_t i = 0; i < a.size(); ++i) {
    r[0] += a[i] * b[i];
    r[1] += b.at(i) * b.at(i);
  }
  return r;
}

// What is returned depends on nothing that the derivative is by: zeros of its shape.
// CHECK-VALUES: early wrt=y at=(0.5, 2),(0.2, 2),(2, 0.5)
std::vector<double> early(double x, double &y) {
  y = 0.5;
  if (std::sin(x) > 0.25)
    x = std::sin(x);
  else if (x > 0.3)
    return {x * x, y};
  return {y * y, x};
}

// CHECK-VALUES: triangle wrt=y at=(0.5, 2)
std::vector<std::vector<double>> triangle(double x, double &y) {
  std::vector<std::vector<double>> rows;
  for (int i = 0; i < 3; ++i) {
    rows.push_back(std::vector<double>(i));
    for (double &e : rows.back())
      e = x;
  }
  y *= 2;
  return rows;
}
