// RUN: %check-values %s
// A callee that returns from within nested branches, where the caller needs its value and derivative.
#include <cmath>

static double nested(double x, int n) {
  if (n > 3) {
    if (n < 7)
      return std::sin(x);
  }
  return x;
}

// CHECK-VALUES: of_nested wrt=x at=(0.7, 5),(0.7, 8),(0.7, 1)
double of_nested(double x, int n) { return nested(x, n) * x; }

static double in_a_loop(double x, int n) {
  for (int i = 0; i < n; ++i) {
    if (x > 1) {
      if (i > 2)
        return std::cos(x);
    }
    x *= 1.1;
  }
  return x * x;
}

// CHECK-VALUES: of_in_a_loop wrt=x at=(0.7, 9),(1.2, 3),(0.7, 0)
double of_in_a_loop(double x, int n) { return in_a_loop(x, n) * in_a_loop(x * x, n + 1); }

static double twice(double x, double y) {
  if (x > 0) {
    if (y > 0)
      return x * std::exp(-y);
    x += y;
  } else if (y > 1) {
    return y * y;
  }
  return std::sin(x * y);
}

// CHECK-VALUES: of_twice wrt=x,y at=(0.7, 0.5),(0.7, -0.5),(-0.7, 2),(-0.7, 0.3)
double of_twice(double x, double y) { return twice(x, y) * twice(y, x) * x; }
