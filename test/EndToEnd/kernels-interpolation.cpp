// RUN: %check-values %s
// Tables: a place is found by the argument, the value is interpolated.
#include <algorithm>
#include <cmath>

// CHECK-VALUES: bilinear wrt=table,x,y at=(rand(12, 1), 3, 4, 1.25, 2.5),(rand(12, 1), 3, 4, 0.5, 0.75),(rand(12, 1), 3, 4, -1, 2.5),(rand(12, 1), 3, 4, 1.25, 9)
double bilinear(const double *table, int rows, int cols, double x, double y) {
  x = std::clamp(x, 0.0, rows - 1.0);
  y = std::clamp(y, 0.0, cols - 1.0);
  const int i = std::min(static_cast<int>(x), rows - 2), j = std::min(static_cast<int>(y), cols - 2);
  const double u = x - i, v = y - j;
  return (1 - u) * (1 - v) * table[i * cols + j] + (1 - u) * v * table[i * cols + j + 1] +
         u * (1 - v) * table[(i + 1) * cols + j] + u * v * table[(i + 1) * cols + j + 1];
}

// CHECK-VALUES: linear wrt=xs,ys,x at=({0, 1, 2.5, 4}, {1, 3, 2, 5}, 4, 1.75),({0, 1, 2.5, 4}, {1, 3, 2, 5}, 4, 0.25),({0, 1, 2.5, 4}, {1, 3, 2, 5}, 4, 3.5),({0, 1, 2.5, 4}, {1, 3, 2, 5}, 4, -2),({0, 1, 2.5, 4}, {1, 3, 2, 5}, 4, 7)
double linear(const double *xs, const double *ys, int n, double x) {
  if (x <= xs[0])
    return ys[0];
  if (x >= xs[n - 1])
    return ys[n - 1];
  int low = 0, high = n - 1;
  while (high - low > 1) {
    const int middle = (low + high) / 2;
    if (xs[middle] <= x)
      low = middle;
    else
      high = middle;
  }
  const double t = (x - xs[low]) / (xs[high] - xs[low]);
  return ys[low] + t * (ys[high] - ys[low]);
}

// A natural cubic spline: its second derivatives by a tridiagonal solve.
// CHECK-VALUES: spline wrt=y,x at=({1, 3, 2, 5, 4}, 5, 1.25),({1, 3, 2, 5, 4}, 5, 3.5),({1, 3}, 2, 0.5)
double spline(const double *y, int n, double x) {
  double m[16] = {}, c[16] = {};
  for (int i = 1; i < n - 1; ++i) {
    const double w = 4 - c[i - 1];
    c[i] = 1 / w;
    m[i] = (6 * (y[i - 1] - 2 * y[i] + y[i + 1]) - m[i - 1]) / w;
  }
  for (int i = n - 2; i > 0; --i)
    m[i] -= c[i] * m[i + 1];
  int i = static_cast<int>(x);
  const double t = x - i, s = 1 - t;
  return s * y[i] + t * y[i + 1] + ((s * s * s - s) * m[i] + (t * t * t - t) * m[i + 1]) / 6;
}

static const double nodes[] = {-0.9061798459386640, -0.5384693101056831, 0, 0.5384693101056831, 0.9061798459386640};
static const double weights[] = {0.2369268850561891, 0.4786286704993665, 0.5688888888888889, 0.4786286704993665,
                                 0.2369268850561891};

// CHECK-VALUES: quadrature wrt=a,b,k at=(0, 2, 1.5),(-1, 1, 0.5)
double quadrature(double a, double b, double k) {
  double s = 0;
  for (int i = 0; i < 5; ++i) {
    const double x = 0.5 * (a + b) + 0.5 * (b - a) * nodes[i];
    s += weights[i] * std::exp(-k * x * x);
  }
  return 0.5 * (b - a) * s;
}
