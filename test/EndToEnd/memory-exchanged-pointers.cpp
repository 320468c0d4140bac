// RUN: %check-values %s
// Buffers whose pointers a loop exchanges: the reversed loop exchanges them back.
#include <utility>

// CHECK-VALUES: two_buffers wrt=u,v at=({0.5, 1, 2, 3}, {1, 0.5, 2, 1}, 4, 3),({0.5, 1, 2, 3}, {1, 0.5, 2, 1}, 4, 2),({1, 2}, {3, 4}, 2, 0)
double two_buffers(double *__restrict u, double *__restrict v, int n, int steps) {
  for (int t = 0; t < steps; ++t) {
    for (int i = 1; i < n; ++i)
      v[i] = u[i] * u[i - 1];
    double *s = u;
    u = v;
    v = s;
  }
  return u[1] * u[n - 1] + v[0];
}

// Leapfrog: three rows that take turns.
// CHECK-VALUES: three_rows wrt=x,k at=(rand(12, 1), 4, 1, 0.3),(rand(12, 1), 4, 2, 0.3),(rand(12, 1), 4, 4, 0.3),(rand(12, 1), 4, 0, 0.3)
void three_rows(double *x, int n, int steps, double k) {
  double *before = x, *now = x + n, *next = x + 2 * n;
  for (int t = 0; t < steps; ++t) {
    for (int i = 1; i < n - 1; ++i)
      next[i] = 2 * now[i] - before[i] + k * now[i] * (now[i - 1] - now[i + 1]);
    double *last = before;
    before = now;
    now = next;
    next = last;
  }
}

// Not in every trip.
// CHECK-VALUES: now_and_then wrt=x,y at=({0.5, 1}, {2, 3}, 3),({0.5, 1}, {2, 3}, 4)
double now_and_then(const double *x, const double *y, int steps) {
  double s = 1;
  for (int t = 0; t < steps; ++t) {
    s *= x[0] + y[1] * s;
    if (t % 2)
      std::swap(x, y);
  }
  return s * x[1];
}

// Within a loop that runs again.
// CHECK-VALUES: in_rounds wrt=x,y at=({0.5, 1}, {2, 3}, 2, 3),({0.5, 1}, {2, 3}, 3, 1),({0.5, 1}, {2, 3}, 0, 1)
double in_rounds(const double *x, const double *y, int rounds, int steps) {
  double s = 0.5;
  for (int k = 0; k < rounds; ++k) {
    for (int t = 0; t < steps; ++t) {
      s = 0.25 * s * x[0] + y[1] * s * s;
      std::swap(x, y);
    }
    s += x[1];
  }
  return s;
}

// Both take one of the two.
// CHECK-VALUES: both_the_same wrt=x,y at=({0.5, 1}, {2, 3}, 3),({0.5, 1}, {2, 3}, 0)
double both_the_same(const double *x, const double *y, int steps) {
  double s = 1;
  for (int t = 0; t < steps; ++t) {
    s *= x[0] + y[1] * s;
    x = y;
  }
  return s * x[1];
}
