// RUN: %check-values %s
// Elements that go from place to place.
#include <cmath>
#include <utility>

// CHECK-VALUES: shift_right wrt=x at=(rand(4, 1), 4),({2}, 1)
void shift_right(double *x, int n) {
  for (int i = n - 1; i > 0; --i)
    x[i] = x[i - 1];
}

// CHECK-VALUES: smear wrt=x at=(rand(4, 1), 4)
void smear(double *x, int n) {
  for (int i = 1; i < n; ++i)
    x[i] = x[i - 1];
}

// CHECK-VALUES: rotate wrt=x at=(rand(4, 1), 4, 3),(rand(3, 1), 3, 0)
void rotate(double *x, int n, int times) {
  for (int t = 0; t < times; ++t) {
    double first = x[0];
    for (int i = 0; i + 1 < n; ++i)
      x[i] = x[i + 1];
    x[n - 1] = first * first;
  }
}

// CHECK-VALUES: through_indices wrt=x at=(rand(4, 1), {2, 0, 3, 1}, 4)
void through_indices(double *x, const int *j, int n) {
  for (int i = 0; i < n; ++i)
    x[i] = x[j[i]];
}

// CHECK-VALUES: cycle wrt=x at=(rand(4, 1))
void cycle(double *x) {
  double t = x[0];
  x[0] = x[1];
  x[1] = x[2];
  x[2] = x[3];
  x[3] = t;
  x[0] *= x[3];
}

// CHECK-VALUES: reversed wrt=x at=(rand(5, 1), 5),(rand(4, 1), 4),({}, 0)
void reversed(double *x, int n) {
  for (int i = 0; i < n / 2; ++i)
    std::swap(x[i], x[n - 1 - i]);
}

// CHECK-VALUES: transposed wrt=a at=(rand(9, 1))
void transposed(double a[3][3]) {
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < i; ++j) {
      double t = a[i][j];
      a[i][j] = a[j][i] * a[j][i];
      a[j][i] = t;
    }
}

// Cyclic references: each statement reads what the one before wrote.
// CHECK-VALUES: around wrt=x,y,z at=({0.5, 1}, {2, 0.25}, {1.5, 3})
void around(double *x, double *y, double *z) {
  for (int i = 0; i < 2; ++i) {
    x[i] = y[1 - i] * z[i];
    y[i] = z[1 - i] + x[i];
    z[i] = x[1 - i] * y[i];
  }
}

// CHECK-VALUES: from_both_ends wrt=x at=(rand(5, 1), 5)
void from_both_ends(double *x, int n) {
  for (int i = 0, j = n - 1; i < j; ++i, --j) {
    x[i] = x[i] * x[j];
    x[j] = x[i] + x[j];
  }
}
