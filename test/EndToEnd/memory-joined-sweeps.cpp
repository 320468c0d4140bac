// RUN: %check-values %s
// RUN: %check-values %s --adgen "adgen --disable-pass=ad-fuse-sweeps"
// Loops with equal headers, of which one's reverse may not move into another one ahead
// of what fills what it reads. (With the value, both sweeps of all loops are there.)
#include <cmath>
#include <vector>

// CHECK-VALUES: read_later wrt=x at=(rand(3, 1), 3),({2}, 1),({}, 0)
double read_later(const double *x, int n) {
  std::vector<double> e(n);
  double s = 0;
  for (int i = 0; i < n; ++i) {
    const double v = std::exp(0.5 * x[i]);
    e[i] = v * 2;
    s += v * v;
  }
  for (int i = 0; i < n; ++i)
    s += e[i];
  return s;
}

// The second loop reads what the first one wrote, in another order.
// CHECK-VALUES: gathered wrt=x at=(rand(3, 1), {2, 0, 0}, 3),({2}, {0}, 1)
double gathered(const double *x, const int *at, int n) {
  std::vector<double> e(n);
  for (int i = 0; i < n; ++i)
    e[i] = std::exp(0.5 * x[i]);
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += e[at[i]] * e[at[i]];
  for (int i = 0; i < n; ++i)
    s += std::sin(e[i] * x[i]);
  return s;
}

// Three in a row, each with a sum.
// CHECK-VALUES: in_a_row wrt=x at=(rand(4, 1), 4),({2}, 1),({}, 0)
double in_a_row(const double *x, int n) {
  std::vector<double> a(n), b(n);
  double s = 1;
  for (int i = 0; i < n; ++i) {
    a[i] = x[i] * x[i];
    s += a[i];
  }
  for (int i = 0; i < n; ++i) {
    b[i] = std::sin(a[i]) + s;
    s += 0.1 * x[i];
  }
  for (int i = 0; i < n; ++i)
    s += b[i] * a[n - 1 - i];
  return s;
}

// What stands between depends on the first loop, and is read by the last one's reverse.
// CHECK-VALUES: scaled_between wrt=x at=(rand(4, 1), 4),({2}, 1),({}, 0)
double scaled_between(const double *x, int n) {
  std::vector<double> a(n);
  double norm = 0.5;
  for (int i = 0; i < n; ++i) {
    a[i] = x[i] * x[i];
    norm += a[i];
  }
  const double scale = 1 / norm;
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += std::cos(scale * a[i]);
  return s * scale;
}
