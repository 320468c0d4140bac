// RUN: %check-values %s
// RUN: %check-values %s --adgen "adgen --disable-pass=ad-skip-leaving-trips"
// RUN: adgen %s --function newton,returning,until -o %t.cpp
// RUN: FileCheck %s --check-prefix=TEXT --input-file %t.cpp
// The trip that leaves a loop: what it does backwards comes first, and the others ask no more
// whether they are the last.
#include <cmath>

// CHECK-VALUES: newton wrt=a,x at=(2, 1),(3, 2)
// TEXT-LABEL: newton_gradient newton_grad(
// TEXT:         if (std::fabs(next - x) < 1e-12)
// TEXT-NEXT:      break;
// TEXT-NEXT:    x = next;
// TEXT-NEXT:    ++trips;
// TEXT:         x = x_tape[trip];
// TEXT-NOT:     left
double newton(double a, double x) {
  while (true) {
    double next = 0.5 * (x + a / x);
    if (std::fabs(next - x) < 1e-12)
      break;
    x = next;
  }
  return x;
}

// CHECK-VALUES: returning wrt=a,x at=(2, 1, 20),(2, 1, 2),(2, 1, 0)
// TEXT-LABEL: returning_gradient returning_grad(
// TEXT-NOT:     bool
// TEXT:       double x_bar = seed;
// TEXT-NOT:   {{^ +}}if (
double returning(double a, double x, int max) {
  for (int i = 0; i < max; ++i) {
    const double f = x * x - a;
    if (std::fabs(f) < 1e-12)
      return x;
    x -= f / (2 * x);
  }
  return x;
}

// CHECK-VALUES: until wrt=x at=({1, 2, -3, 4}, 4),({1, 2}, 2),({-1}, 1),({}, 0)
// TEXT-LABEL: void until_grad(
// TEXT-NOT:     bool
// TEXT:       for (long i = 0; i < trips; ++i) {
// TEXT-NOT:   {{^ +}}if (
double until(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    if (x[i] < 0)
      break;
    s += x[i] * x[i];
  }
  return s;
}

// It computes something else than the others, and returns it.
// CHECK-VALUES: different wrt=x,y at=(0.5, 3, 10),(0.5, 300, 3),(2, 0.1, 3),(0.5, 2, 0)
double different(double x, double y, int n) {
  double s = x;
  for (int i = 0; i < n; ++i) {
    s = s * 1.25 + 0.1 * i;
    if (s > y)
      return s * s * y;
    s += 0.125 * y;
  }
  return std::sin(s);
}

// What it computes in front of the exit is used behind the loop.
// CHECK-VALUES: half_done wrt=x at=({1, 2, -3, 4}, 4),({1, 2}, 2),({-1}, 1),({}, 0)
double half_done(double *x, int n) {
  double s = 1, t = 0.5;
  for (int i = 0; i < n; ++i) {
    t = s * x[i];
    x[i] = t + 1;
    if (t < 0)
      break;
    s = t * t * 0.5 + x[i];
  }
  return s * t;
}

// Two exits, of which one has a value of its own; the loop may end by itself, too.
// CHECK-VALUES: two_exits wrt=x,y at=({1, 2, -3, 4}, 9, 4),({1, 2, 10}, 9, 3),({1, 2}, 9, 2),({}, 9, 0),({10}, 9, 1)
double two_exits(const double *x, double y, int n) {
  double s = 1;
  for (int i = 0; i < n; ++i) {
    if (x[i] < 0)
      break;
    s *= x[i];
    if (s > y)
      return s * y;
    s += 0.5;
  }
  return s;
}

// In each trip of another loop, whose trips are left as well.
// CHECK-VALUES: nested wrt=x,limit at=({1, 2, -3, 4, 1, 1}, 5, 2, 3),({1, 2, 3, 4, 1, 1}, 5, 2, 3),({}, 5, 0, 3),({}, 5, 2, 0)
double nested(const double *x, double limit, int n, int m) {
  double total = 1;
  for (int i = 0; i < n; ++i) {
    double s = total;
    for (int j = 0; j < m; ++j) {
      if (x[i * m + j] < 0)
        break;
      s *= x[i * m + j] + 0.1;
    }
    if (s > limit)
      break;
    total += s * s;
  }
  return total * limit;
}

// Memory changes in the trip that leaves.
// CHECK-VALUES: stored wrt=x at=({1, 2, -3, 4}, 4),({1, 2}, 2),({-1}, 1),({}, 0)
double stored(double *x, int n) {
  double s = 1;
  for (int i = 0; i < n; ++i) {
    s *= x[i];
    if (s < 0) {
      x[i] = s * s;
      return x[i] * 2;
    }
    x[i] *= s;
  }
  return s;
}

// The condition is for staying, and there may be no trip.
// CHECK-VALUES: stays wrt=x,y at=(0.9, 2, 0),(0.9, 2, 3),(1.5, 2, 6),(2, 0.5, 1)
double stays(double x, double y, int n) {
  double s = x;
  for (int i = 0; i < n; ++i) {
    s = s * x;
    if (s < 3) {
      s += x * x;
    } else {
      s = s * y;
      break;
    }
  }
  return s;
}

// Several exits, each with a reverse of its own.
// CHECK-VALUES: two_returns wrt=a,b at=({1, 2, -3, 4}, {1, 2, 3, 1}, 4),({1, 2, 4}, {1, 2, 3}, 3),({1, 2}, {1, 0.5}, 2),({-1}, {1}, 1),({}, {}, 0)
double two_returns(const double *a, const double *b, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    if (a[i] < 0)
      return s * s;
    double p = a[i] * b[i];
    if (p > 10)
      return s + p;
    s += p * p;
  }
  return s;
}

// CHECK-VALUES: bisection wrt=a,t at=({1, 2, 3}, 3, 3.7),({-1, 1}, 2, 0.2),({1, 1}, 2, 1.3)
double bisection(const double *a, int n, double t) {
  double lo = 0, hi = 1;
  while (hi - lo > 1e-3) {
    double mid = 0.5 * (lo + hi), v = 0;
    for (int i = 0; i < n; ++i)
      v = v * mid + a[i];
    if (hi - lo < 0.2 && v > t)
      return mid * t;
    if (v < t)
      lo = mid;
    else
      hi = mid;
  }
  return 0.5 * (lo + hi) * t;
}

// CHECK-VALUES: three_exits wrt=x,y at=(0.9, 0.5, 5),(1.4, 0.5, 5),(0.2, 0.5, 5),(1.05, -1.5, 5),(0.9, 0.5, 0)
double three_exits(double x, double y, int n) {
  double s = 1;
  for (int i = 0; i < n; ++i) {
    s *= x;
    if (s > 2) {
      s = s * y;
      break;
    }
    if (y < 0) {
      if (s > 1.1)
        return s * s * y;
      s -= y * x;
    } else if (s < 0.1) {
      s += y;
      break;
    }
    s += 0.1 * y * y;
  }
  return s * x;
}

// An exit in the middle, one at the end of a whole trip.
// CHECK-VALUES: middle_and_end wrt=x at=(0.9, 8),(0.3, 8),(2, 8),(1, 0)
double middle_and_end(double x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    s += x * x * (i + 1);
    if (s > 3)
      break;
    x *= 0.9;
    if (x < 0.25)
      break;
  }
  return s * x;
}
