// RUN: %check-values %s
// A vector is made behind a guard, and its size is none in front of it: negative, wrapped around, divided by zero.
#include <cstddef>
#include <vector>

// CHECK-VALUES: differences wrt=a,c at=({1, 3, 2}, 0.5),({2}, 0.5),({}, 0.5)
double differences(const std::vector<double> &a, double c) {
  if (a.empty())
    return c * c;
  std::vector<double> b(a.size() - 1);
  for (std::size_t i = 0; i + 1 < a.size(); ++i)
    b[i] = a[i + 1] - a[i] * c;
  double s = 0;
  for (double v : b)
    s += v * v;
  return s * a.back();
}

// CHECK-VALUES: counted wrt=x,c at=({1, 3, 2}, 3, 0.5),({2}, 1, 0.5),({}, 0, 0.5),({}, -5, 0.5)
double counted(const double *x, int n, double c) {
  if (n < 2)
    return c * c;
  std::vector<double> d(n - 1, c), e(d);
  for (int i = 0; i + 1 < n; ++i)
    d[i] *= (x[i + 1] - x[i]) * c;
  double s = 0;
  for (std::size_t i = 0; i < d.size(); ++i)
    s += d[i] * d[i] * e[i];
  return s;
}

// CHECK-VALUES: divided wrt=x,c at=({1, 3, 2, 4}, 4, 2, 0.5),({1, 3}, 2, 0, 0.5)
double divided(const double *x, int n, int k, double c) {
  if (k == 0)
    return c * c;
  std::vector<std::vector<double>> m(n / k, std::vector<double>(k));
  for (int i = 0; i < n / k; ++i)
    for (int j = 0; j < k; ++j)
      m[i][j] = x[i * k + j] * x[i] * c;
  double s = 0;
  for (const std::vector<double> &row : m)
    for (double v : row)
      s += v * v;
  return s;
}

// CHECK-VALUES: in_a_branch wrt=x,c at=({1, 3, 2}, 3, 0.5),({}, 0, 0.5),({}, -1, 0.5)
double in_a_branch(const double *x, int n, double c) {
  double s = c;
  if (n > 0) {
    std::vector<double> t(n);
    for (int k = 0; k < n; ++k)
      t[k] = x[k] * c * s;
    for (double v : t)
      s *= 1 + v * v;
  } else if (n < 0) {
    std::vector<double> t(-n);
    for (double &v : t) {
      v = c * s;
      s *= v + 2;
    }
  }
  return s;
}

// CHECK-VALUES: tapes wrt=x,c at=({1, 3, 2}, 3u, 1u, 0.5),({}, 0u, 1u, 0.5),({1, 2}, 2u, 0u, 0.5)
double tapes(const double *x, unsigned n, unsigned k, double c) {
  double s = c;
  if (n > 1)
    for (unsigned i = 0; i < n - 1; ++i)
      s *= x[i] * s + c;
  if (k != 0)
    for (unsigned i = 0; i < n / k; ++i)
      s *= x[i] * s + c;
  return s;
}

// Loops in loops, whose bounds are sizes.
// CHECK-VALUES: swept wrt=u at=({1, 2, 0.5}, 2),({1, 2}, 1),({}, 1),({0.5, 3}, 0)
double swept(std::vector<double> u, int n) {
  if (n == 1)
    return 0;
  for (int s = 0; s < n; ++s)
    for (std::size_t i = 1; i < u.size(); ++i)
      u[i] *= u[i - 1];
  return u.back();
}

// CHECK-VALUES: swept_if wrt=u at=({1, 2, 0.5}, 3),({1, 2}, 2),({2}, 3)
double swept_if(std::vector<double> u, int n) {
  if (n > 2) {
    for (int s = 0; s < n; ++s)
      for (std::size_t i = 1; i < u.size(); ++i)
        u[i] *= u[i - 1] * u[i];
  }
  return u.back();
}
