// RUN: %check-values %s
// RUN: adgen %s --function referred_behind_loop -o - | FileCheck %s
// References to elements, bound once and used often.
#include <cmath>

// CHECK-VALUES: bound wrt=x at=(rand(3, 1), 3)
double bound(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    double &e = x[i];
    e *= e;
    s += e * x[0];
  }
  return s;
}

// The index goes on, the reference stays.
// CHECK-VALUES: stays wrt=x at=(rand(4, 1))
double stays(double *x) {
  int i = 1;
  double &e = x[i];
  i = 3;
  e += x[i] * x[0];
  x[1] *= 2;
  return e * x[i];
}

// CHECK-VALUES: of_a_row wrt=m at=(rand(6, 1))
double of_a_row(double (&m)[2][3]) {
  double s = 0;
  for (auto &row : m) {
    row[0] *= row[1];
    for (const double &e : row)
      s += e * e;
  }
  return s;
}

// CHECK-VALUES: read_through wrt=x,y at=({1, 2}, {3, 4})
// CHECK-VALUES: read_through wrt=x,y at=({1, 2}, _) alias=y:x
double read_through(const double *x, double *y) {
  const double &a = x[0];
  double s = a * a;
  y[0] = s * x[1];
  s += a * y[1];
  y[1] -= a;
  return s * x[1];
}

// CHECK-VALUES: moving_pointer wrt=x at=(rand(5, 1), 5)
double moving_pointer(double *x, int n) {
  double *best = x;
  for (int i = 1; i < n; ++i)
    if (x[i] > *best)
      best = &x[i];
  *best *= *best;
  return *best + x[0];
}

// CHECK-VALUES: sum_in_place wrt=x at=(rand(4, 1), 4)
void sum_in_place(double *x, int n) {
  double &s = x[n - 1];
  for (int i = 0; i < n - 1; ++i)
    s += x[i] * x[i];
  for (int i = 0; i < n - 1; ++i)
    x[i] /= s;
}

// CHECK-VALUES: reference_returned wrt=a,x,y at=({1, 2, 3, 0.1, 5}, 0.2, 1),({1, 2, 3, 4, 5}, 0.2, 1),({1, 2, 3, 4, 5}, 2, 0)
double reference_returned(double (&a)[5], double x, double y) {
  if (y < 0.5) {
    x = y;
  } else if (x < 0.25) {
    double &r = a[1];
    if (!(a[3] < x))
      return r;
  }
  return x * a[0];
}

// The reference stands behind the loop, and behind its exit. One trip at most keeps a value.
// CHECK-NOT: position
// CHECK-VALUES: referred_behind_loop wrt=x at=(1.5, 0, 1),(0.5, 1, 3),(2, 1, 0)
double referred_behind_loop(double x, int k, int n) {
  double a[2] = {x, x * x};
  for (int i = 0; i < n; ++i) {
    x = 0.25 * std::atan(x);
    if (i % 3 < n - 1) {
      a[n % 2] -= std::sin(a[(i * 2 + 1) % 2]);
      break;
    }
  }
  double &r = a[(k + 1) % 2];
  return x * x + r + 0.5 * r;
}
