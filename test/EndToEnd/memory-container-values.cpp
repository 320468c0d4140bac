// RUN: %check-values %s
// Containers that are passed by value.
#include <array>
#include <utility>
#include <vector>

// CHECK-VALUES: of_arrays wrt=x at=({0.5, 1, 2}, 3),({0.5, 1, 2}, 0)
double of_arrays(std::array<double, 3> x, int steps) {
  std::array<double, 3> y{};
  for (int t = 0; t < steps; ++t) {
    for (std::size_t i = 0; i < x.size(); ++i)
      y[i] = 0.5 * x[i] * x[(i + 1) % 3] + 0.25;
    std::swap(x, y);
  }
  return x[0] * x[1] * x[2];
}

// CHECK-VALUES: by_value wrt=x at=({1, 2, 3}),({2})
double by_value(std::vector<double> x) {
  for (std::size_t i = 1; i < x.size(); ++i)
    x[i] *= x[i - 1];
  return x.back() * x.front();
}

// Nothing of the parameter is read by its derivative.
// CHECK-VALUES: linear wrt=x,y at=({0.5, 1, 2}, 3)
double linear(std::array<double, 3> x, double y) {
  std::vector<double> v = {x[2], y, 1.5};
  return v[0] + v[1] + x[0];
}

// One pointer to the array only reads, another one writes.
// CHECK-VALUES: reader_and_writer wrt=x,a at=(0.5, {1, 2, 3, 4})
double reader_and_writer(double x, std::array<double, 4> a) {
  const double *reader = a.data();
  double *writer = a.data();
  for (int i = 0; i < 4; ++i)
    *writer++ = a[2] * x;
  a[3] = reader[3] * reader[0];
  return a[3];
}

// Braces within the braces of a std::array.
// CHECK-VALUES: constant_rows wrt=x at=(0.5)
double constant_rows(double x) {
  std::array<std::array<double, 2>, 2> m = {{{1, 2}, {3, 0.5}}};
  for (auto &row : m)
    for (double &e : row) {
      e *= x * e;
      x = x * x + e;
    }
  return m[0][1] * m[1][0] + x;
}
