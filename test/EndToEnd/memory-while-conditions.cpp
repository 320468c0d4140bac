// RUN: %check-values %s
// Loops that end when an element says so.
#include <cmath>

// CHECK-VALUES: until_small wrt=x at=({8, 0.5}),({0.25, 2})
int until_small(double *x) {
  int trips = 0;
  while (x[0] > 1) {
    x[0] *= x[1] * 0.9;
    x[1] = std::sqrt(x[1]) * 0.75;
    ++trips;
  }
  return trips;
}

// CHECK-VALUES: relaxed wrt=x at=({3, 1, 2.5}, 3, 1.5),({1}, 1, 1.5)
void relaxed(double *x, int n, double limit) {
  for (int i = 0; i < n; ++i)
    while (x[i] > limit)
      x[i] = 0.5 * x[i] + 0.1 * x[(i + 1) % n];
}

// CHECK-VALUES: scanned wrt=x at=({1, 2, 3, 4}, 4, 4.5),({9}, 1, 4.5),({}, 0, 4.5)
double scanned(const double *x, int n, double limit) {
  double s = 0;
  int i = 0;
  while (i < n && s + x[i] < limit) {
    s += x[i] * 1.25;
    i++;
  }
  return i < n ? s * x[i] : s;
}

// CHECK-VALUES: done_at_the_end wrt=x at=({3, 1}),({0.5, 0.75})
int done_at_the_end(double *x) {
  int k = 0;
  do {
    x[k % 2] = x[0] * x[1] - 0.25 * x[k % 2];
    ++k;
  } while (std::fabs(x[0] - x[1]) > 0.3 && k < 6);
  return k;
}

// The condition changes the array.
// CHECK-VALUES: condition_writes wrt=x at=({4}),({0.5})
double condition_writes(double *x) {
  double s = 1;
  while ((x[0] *= 0.6) > 0.7)
    s *= x[0];
  return s;
}

// Newton's method for each element.
// CHECK-VALUES: cube_roots wrt=a,x at=({8, 2, 0.5}, {1, 1, 1}, 3)
void cube_roots(const double *a, double *x, int n) {
  for (int i = 0; i < n; ++i) {
    x[i] = a[i];
    while (std::fabs(x[i] * x[i] * x[i] - a[i]) > 1e-3)
      x[i] -= (x[i] * x[i] * x[i] - a[i]) / (3 * x[i] * x[i]);
  }
}

// A flag in an array.
// CHECK-VALUES: flagged wrt=x at=({1, 2, 3}, {1, 0, 1}, 3)
double flagged(double *x, bool *alive, int n) {
  double s = 0;
  for (int round = 0; round < 3; ++round)
    for (int i = 0; i < n; ++i) {
      if (!alive[i])
        continue;
      x[i] *= x[(i + 1) % n] * 0.5;
      s += x[i];
      if (s > 2)
        alive[i] = false;
    }
  return s;
}
