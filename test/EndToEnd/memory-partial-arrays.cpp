// RUN: %check-values %s
// Local arrays that are initialized in part, or late, or not in every branch.
#include <cmath>

// CHECK-VALUES: first_only wrt=x at=({0.5, 2})
double first_only(const double *x) {
  double a[4] = {x[0], x[1]};
  a[2] += a[0] * a[1];
  a[3] -= a[2];
  return a[0] + a[1] * a[2] * a[3];
}

// CHECK-VALUES: late wrt=x at=(rand(3, 1), 3),({2}, 1)
double late(const double *x, int n) {
  double a[8];
  a[0] = 1;
  for (int i = 0; i < n; ++i)
    a[i + 1] = a[i] * x[i];
  return a[n] * a[n / 2];
}

// CHECK-VALUES: in_branches wrt=x at=({1, 2}),({-1, 2})
double in_branches(const double *x) {
  double a[2];
  if (x[0] > 0) {
    a[0] = x[0] * x[1];
    a[1] = 3;
  } else {
    a[0] = 2;
    a[1] = x[1] * x[1];
  }
  return a[0] * a[1];
}

// CHECK-VALUES: read_where_written wrt=x at=({1, -2, 3}, 3),({}, 0)
double read_where_written(const double *x, int n) {
  double root[8];
  double s = 0;
  for (int i = 0; i < n; ++i)
    if (x[i] > 0)
      root[i] = std::sqrt(x[i]);
  for (int i = 0; i < n; ++i)
    if (x[i] > 0)
      s += root[i] * (i + 1);
  return s;
}

// CHECK-VALUES: zeros wrt=x at=({0.5, 2})
double zeros(const double *x) {
  double a[3] = {}, b[3] = {0};
  a[1] = x[0];
  b[1] = x[1];
  double s = 0;
  for (int i = 0; i < 3; ++i)
    s += a[i] * b[i] + a[i];
  return s;
}

// Initializers that are read by the next.
// CHECK-VALUES: of_each_other wrt=x at=(0.5)
double of_each_other(double x) {
  double a[3] = {x, std::sin(x), x * x};
  double b[] = {a[0] * a[1], a[1] * a[2], a[2] * a[0]};
  return b[0] + b[1] * b[2];
}

// A fresh array for each trip.
// CHECK-VALUES: fresh wrt=x at=(rand(4, 1), 4)
double fresh(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    double a[2] = {x[i]};
    a[1] += a[0] * s;
    s += a[0] + a[1] * a[1];
  }
  return s;
}

// CHECK-VALUES: dead_stores wrt=x at=(rand(2, 1))
double dead_stores(const double *x) {
  double a[2] = {x[0] * x[0], x[1]};
  double r = a[1];
  a[0] = 5;
  a[1] = x[0];
  return r * a[1];
}
