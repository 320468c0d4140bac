// RUN: %check-values %s
// Vectors: read, written, copied, returned, nested.
#include <cmath>
#include <vector>

// CHECK-VALUES: sum wrt=x at=({1, 2, 3}),({})
double sum(const std::vector<double> &x) {
  double s = 0;
  for (double e : x)
    s += e * e;
  return s;
}

// CHECK-VALUES: in_place wrt=x at=({1, 2, 3}),({})
void in_place(std::vector<double> &x) {
  for (double &e : x)
    e = std::sin(e) * e;
}

// CHECK-VALUES: nested wrt=m at=({{1, 2}, {3}, {}, {4, 5, 6}}),({})
double nested(const std::vector<std::vector<double>> &m) {
  double p = 1;
  for (const auto &row : m) {
    double s = 0.5;
    for (double x : row)
      s += x * x;
    p *= s;
  }
  return p;
}

// CHECK-VALUES: through_data wrt=x at=({1, 2, 3})
void through_data(std::vector<double> &x) {
  double *p = x.data();
  const std::size_t n = x.size();
  for (std::size_t i = 0; i + 1 < n; ++i)
    p[i] *= x[i + 1];
}

// CHECK-VALUES: filled wrt=a at=(0.5, 3),(0.5, 1)
double filled(double a, int n) {
  std::vector<double> v(n, a);
  v[0] *= a;
  double s = 0;
  for (double e : v)
    s += e * e;
  return s;
}

// CHECK-VALUES: listed wrt=a,b at=(0.5, 2)
double listed(double a, double b) {
  std::vector<double> v = {a, b, a * b};
  v[0] += v[2];
  return v[0] * v[1] + v[2];
}
