// RUN: %check-values %s
// Recurrences along an array in place: each element is overwritten and read by the next.
#include <cmath>

// CHECK-VALUES: prefix_products wrt=x at=(rand(5, 1, 0.5, 2), 5),({2}, 1),({}, 0)
void prefix_products(double *x, int n) {
  for (int i = 1; i < n; ++i)
    x[i] *= x[i - 1];
}

// CHECK-VALUES: twice wrt=x at=(rand(5, 1, 0.5, 2), 5),({2}, 1)
void twice(double *x, int n) {
  for (int i = 1; i < n; ++i)
    x[i] *= x[i - 1];
  for (int i = 1; i < n; ++i)
    x[i] *= x[i - 1];
}

// CHECK-VALUES: repeated wrt=x at=(rand(4, 1, 0.5, 1.5), 4, 3),(rand(4, 1, 0.5, 1.5), 4, 0)
double repeated(double *x, int n, int times) {
  for (int t = 0; t < times; ++t)
    for (int i = 1; i < n; ++i)
      x[i] *= x[i - 1];
  return x[n - 1];
}

// CHECK-VALUES: prefix_sums wrt=x,y at=(rand(5, 1), rand(5, 2), 5),({2}, {7}, 1)
// CHECK-VALUES: prefix_sums wrt=x,y at=(rand(5, 1), _, 5) alias=y:x
void prefix_sums(const double *x, double *y, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    s += x[i];
    y[i] = s;
  }
}

// CHECK-VALUES: backwards wrt=x at=(rand(5, 1), 5)
void backwards(double *x, int n) {
  for (int i = n - 2; i >= 0; --i)
    x[i] = std::sin(x[i] + x[i + 1]);
}

// CHECK-VALUES: fibonacci_like wrt=x at=(rand(6, 1), 6)
void fibonacci_like(double *x, int n) {
  for (int i = 2; i < n; ++i)
    x[i] = x[i - 1] * x[i - 2] + 0.5 * x[i];
}

// An infinite impulse response, as audio filters are written.
// CHECK-VALUES: filtered wrt=x,b,a at=(rand(6, 1), rand(3, 2), rand(2, 3), 6)
void filtered(double *x, const double b[3], const double a[2], int n) {
  double x1 = 0, x2 = 0, y1 = 0, y2 = 0;
  for (int i = 0; i < n; ++i) {
    const double y = b[0] * x[i] + b[1] * x1 + b[2] * x2 - a[0] * y1 - a[1] * y2;
    x2 = x1;
    x1 = x[i];
    y2 = y1;
    y1 = y;
    x[i] = y;
  }
}

// Edit distance with real costs: a table that is filled from its edges.
// CHECK-VALUES: warped wrt=x,y at=({0.5, 1, 2, 1.5}, {0.25, 1.125, 1.75}, 4, 3)
double warped(const double *x, const double *y, int n, int m) {
  double t[8][8];
  t[0][0] = 0;
  for (int i = 1; i <= n; ++i)
    t[i][0] = 1e6;
  for (int j = 1; j <= m; ++j)
    t[0][j] = 1e6;
  for (int i = 1; i <= n; ++i)
    for (int j = 1; j <= m; ++j) {
      double best = t[i - 1][j - 1];
      if (t[i - 1][j] < best)
        best = t[i - 1][j];
      if (t[i][j - 1] < best)
        best = t[i][j - 1];
      t[i][j] = best + (x[i - 1] - y[j - 1]) * (x[i - 1] - y[j - 1]);
    }
  return t[n][m];
}
