// RUN: %check-values %s
// Vectors: read, written, copied, returned, nested.
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

// CHECK-VALUES: sum wrt=x at=({1, 2, 3}),({})
double sum(const std::vector<double> &x) {
  double s = 0;
  for (double e : x)
    s += e * e;
  return s;
}

// CHECK-VALUES: by_value wrt=x at=({1, 2, 3}),({2})
double by_value(std::vector<double> x) {
  for (std::size_t i = 1; i < x.size(); ++i)
    x[i] *= x[i - 1];
  return x.back() * x.front();
}

// CHECK-VALUES: in_place wrt=x at=({1, 2, 3}),({})
void in_place(std::vector<double> &x) {
  for (double &e : x)
    e = std::sin(e) * e;
}

// REFUSED [adgen-unsupported-class]: returned wrt=x at=({1, 2, 3}),({})
std::vector<double> returned(const std::vector<double> &x) {
  std::vector<double> y(x.size());
  for (std::size_t i = 0; i < x.size(); ++i)
    y[i] = x[i] * x[x.size() - 1 - i];
  return y;
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

// REFUSED [adgen-unsupported-class]: multiplied wrt=a,b at=({{1, 2}, {3, 4}}, {{0.5, 1}, {-1, 2}})
std::vector<std::vector<double>> multiplied(const std::vector<std::vector<double>> &a,
                                            const std::vector<std::vector<double>> &b) {
  std::vector<std::vector<double>> c(a.size(), std::vector<double>(b[0].size()));
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < b[0].size(); ++j)
      for (std::size_t k = 0; k < b.size(); ++k)
        c[i][j] += a[i][k] * b[k][j];
  return c;
}

// REFUSED [adgen-unsupported-class]: of_arrays wrt=a,b at=({1, 2, 3}, {0.5, 1, 2})
std::array<double, 2> of_arrays(const std::array<double, 3> &a, std::array<double, 3> b) {
  std::array<double, 2> r{};
  for (std::size_t i = 0; i < a.size(); ++i) {
    r[0] += a[i] * b[i];
    r[1] += b.at(i) * b.at(i);
  }
  return r;
}

// CHECK-VALUES: through_data wrt=x at=({1, 2, 3})
void through_data(std::vector<double> &x) {
  double *p = x.data();
  const std::size_t n = x.size();
  for (std::size_t i = 0; i + 1 < n; ++i)
    p[i] *= x[i + 1];
}

// CHECK-VALUES: iterated wrt=x at=({1, 2, 3}),({})
double iterated(const std::vector<double> &x) {
  double s = 1;
  for (auto it = x.begin(); it != x.end(); ++it)
    s = s * *it + 0.5;
  return s;
}

// REFUSED [adgen-unknown-function]: inner_product wrt=x,y at=({1, 2, 3}, {0.5, 1, 2})
double inner_product(const std::vector<double> &x, const std::vector<double> &y) {
  return std::inner_product(x.begin(), x.end(), y.begin(), 0.0);
}

// REFUSED [adgen-container-call]: copied wrt=x at=({1, 2, 3})
double copied(const std::vector<double> &x) {
  std::vector<double> y = x, z(x.begin(), x.end());
  y[0] = x[1] * x[2];
  z[1] *= y[0];
  y = z;
  return y[0] + y[1] * z[2];
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
