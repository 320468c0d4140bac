// RUN: %check-values %s
// Dense algebra by halves, and what a loop's trips call it for.
#include <cmath>
#include <vector>

// CHECK-VALUES: product wrt=a,b,c at=(rand(16, 1), rand(16, 2), rand(16, 3), 4, 4),({2}, {3}, {1}, 1, 1)
void product(const double *a, const double *b, double *c, int n, int ld) {
  if (n == 1) {
    c[0] += a[0] * b[0];
    return;
  }
  const int h = n / 2;
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 2; ++j)
      for (int k = 0; k < 2; ++k)
        product(a + h * (i * ld + k), b + h * (k * ld + j), c + h * (i * ld + j),
                h, ld);
}

// CHECK-VALUES: solve wrt=l,x at=(rand(25, 1), rand(5, 2), 5, 5),({1}, {2}, 1, 1),({}, {}, 0, 0)
void solve(const double *l, double *x, int n, int ld) {
  if (n <= 0)
    return;
  if (n == 1) {
    x[0] = x[0] / (2 + l[0]);
    return;
  }
  const int h = n / 2;
  solve(l, x, h, ld);
  for (int i = h; i < n; ++i)
    for (int j = 0; j < h; ++j)
      x[i] -= l[i * ld + j] * x[j];
  solve(l + h * ld + h, x + h, n - h, ld);
}

// CHECK-VALUES: factor wrt=a at=({9, 0, 0, 1, 8, 0, 2, 1, 7}, 3, 3),({4}, 1, 1)
void factor(double *a, int n, int ld) {
  if (n == 1) {
    a[0] = std::sqrt(a[0]);
    return;
  }
  const int h = n / 2;
  factor(a, h, ld);
  for (int i = h; i < n; ++i)
    for (int j = 0; j < h; ++j) {
      double s = a[i * ld + j];
      for (int k = 0; k < j; ++k)
        s -= a[i * ld + k] * a[j * ld + k];
      a[i * ld + j] = s / a[j * ld + j];
    }
  for (int i = h; i < n; ++i)
    for (int j = h; j <= i; ++j)
      for (int k = 0; k < h; ++k)
        a[i * ld + j] -= a[i * ld + k] * a[j * ld + k];
  factor(a + h * ld + h, n - h, ld);
}

static void blend(const double *x, double *w, int n) {
  if (n < 1) {
    w[0] += x[0];
    return;
  }
  w[0] = std::sin(w[0]) * x[n % 4] + 0.5;
  blend(x + 1, w, n - 1);
  w[1] += w[0] * w[0];
}

// What is written is made in every trip, so that the trip is run again.
// CHECK-VALUES: trips wrt=x at=(rand(12, 1), 3),(rand(12, 2), 0)
double trips(const double *x, int n) {
  double s = 1;
  for (int j = 0; j < 2; ++j)
    for (int i = 0; i < 3; ++i) {
      double w[2] = {s, x[i + j]};
      blend(x + j, w, n);
      s = std::sin(s) + w[0] * w[1] * 1e-2;
    }
  return s;
}

static void mix(std::vector<double> &v, std::vector<double> &w, int k) {
  if (k >= static_cast<int>(v.size()))
    return;
  w[k] += v[k] * v[k];
  mix(w, v, k + 1);
  v[k] = v[k] * w[k];
}

// CHECK-VALUES: mixed wrt=x at=({1, 2, -0.5, 0.25}),({})
double mixed(const std::vector<double> &x) {
  std::vector<double> v(x.size()), w(x.size());
  for (int i = 0; i < static_cast<int>(x.size()); ++i)
    v[i] = x[i];
  mix(v, w, 0);
  double s = 0;
  for (int i = 0; i < static_cast<int>(x.size()); ++i)
    s += v[i] * 0.3 + w[i] * v[i];
  return s;
}
