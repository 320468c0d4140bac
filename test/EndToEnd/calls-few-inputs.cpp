// RUN: %check-values %s
// Callees with loops and one or two active arguments, whose partial derivatives are carried along by the loops.
#include <cmath>

static double series(double shape, double x) {
  double term = 1 / shape, sum = term;
  for (double n = shape + 1; term > 1e-16 * sum; n += 1) {
    term *= x / n;
    sum += term;
  }
  return sum;
}

// CHECK-VALUES: of_series wrt=a,x at=(1.5, 0.7),(3, 2)
double of_series(double a, double x) { return std::log(series(a, x)) * series(a + 1, x); }

static double newton(double a) {
  double x = a > 1 ? a / 3 : 1;
  for (int k = 0; k < 100; ++k) {
    const double step = (x * x * x - a) / (3 * x * x);
    x -= step;
    if (std::fabs(step) < 1e-14)
      break;
  }
  return x;
}

// CHECK-VALUES: of_newton wrt=a,b at=(2, 0.3),(0.4, -1)
double of_newton(double a, double b) {
  const double root = newton(a * a);
  return root * root * b + newton(1 + b * b);
}

static double nested(double x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    double t = x;
    for (int j = 0; j < i; ++j) {
      if (t > 2)
        return s * t;
      t = t * x + std::sin(t);
    }
    s += t;
  }
  return s;
}

// CHECK-VALUES: of_nested wrt=x,y at=(0.3, 0.2, 4),(1.1, 0.4, 5),(0.5, 0.25, 0)
double of_nested(double x, double y, int n) { return std::exp(nested(x, n) * y) + nested(y * x, n) * nested(x, 2); }

static void orbit(double r, double &x, int n) {
  while (n-- > 0)
    x = r * x * (1 - x);
}

// CHECK-VALUES: of_orbit wrt=r,x at=(2.8, 0.3, 6),(3.1, 0.6, 0)
double of_orbit(double r, double x, int n) {
  double z = x * x;
  orbit(r, z, n);
  orbit(r * 0.9, x, 3);
  return z * z * x + std::sin(x);
}

static double narrow(float x, int n) {
  double s = 1;
  for (int i = 0; i < n; ++i)
    s = s * x + i;
  return s;
}

// CHECK-VALUES: of_narrow wrt=x at=(0.5f, 4),(1.25f, 3)
double of_narrow(float x, int n) { return narrow(x, n) * narrow(x, n); }

static double guarded(double x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    const double r = std::sqrt(x * i);
    if (r > 0.5)
      s += r;
  }
  return s;
}

// CHECK-VALUES: of_guarded wrt=x,y at=(0, 1.5, 3) expect=(0, 0)
// CHECK-VALUES: of_guarded wrt=x,y at=(0.7, 1.5, 4)
double of_guarded(double x, double y, int n) {
  const double s = guarded(x, n);
  return s * s * y;
}
