// RUN: %check-values %s
// Loops whose trips are counted as they run.
#include <cmath>

// CHECK-VALUES: converge wrt=a at=(2),(0.3)
double converge(double a) {
  double x = a, error = 1;
  while (error > 1e-12) {
    double next = 0.5 * (x + a / x);
    error = std::fabs(next - x);
    x = next;
  }
  return x;
}

// CHECK-VALUES: counted_down wrt=x at=(1.5, 4),(-0.5, 1),(2, 0)
double counted_down(double x, int j) {
  while (j-- > 0)
    x = x * x / (1 + j + x * x) + 0.5;
  return x + j * x;
}

// CHECK-VALUES: assigned_in_head wrt=x at=(0.4),(2.5),(0.05)
double assigned_in_head(double x) {
  double d;
  int n = 0;
  while ((d = x * (n + 1)) < 3) {
    x += d * 0.5;
    ++n;
  }
  return d * x;
}

// CHECK-VALUES: parameter_in_condition wrt=x,y at=(0.4, 7.1),(0.35, 0.2)
double parameter_in_condition(double x, double y) {
  while ((y -= x) > 1 && (x *= 1.1) < 5)
    x += 0.125 * y;
  return x * y;
}

// CHECK-VALUES: declared_in_head wrt=x at=(3.3),(0.5),(-1)
double declared_in_head(double x) {
  while (double excess = x > 1 ? x - 1 : 0)
    x -= 0.5 * excess + 0.3;
  return x * x;
}

// CHECK-VALUES: do_once_at_least wrt=x at=(1.5, 3),(-0.5, 0),(-0.5, -2)
double do_once_at_least(double x, int n) {
  do {
    x = std::sin(x) * n + x;
  } while (--n > 0);
  return x;
}

// CHECK-VALUES: do_with_active_condition wrt=x at=(0.7),(0.01),(12)
double do_with_active_condition(double x) {
  double s = 1;
  do
    s *= x + 1;
  while ((x *= 1.5) < 2);
  return s + x;
}

// CHECK-VALUES: do_continue wrt=x at=(0.7, 6),(-1.3, 1)
double do_continue(double x, int n) {
  int i = 0;
  do {
    x *= 1.25;
    if (i % 2)
      continue;
    x = std::sin(x) + i;
  } while (++i < n);
  return x;
}

// CHECK-VALUES: never wrt=x at=(1.5)
double never(double x) {
  while (false)
    x *= x;
  do
    x *= 2;
  while (0);
  while (x < 0)
    x = -x * x;
  return x * x;
}

// CHECK-VALUES: collatz wrt=x at=(1.5, 7),(0.3, 1),(2, 6)
double collatz(double x, int n) {
  while (n != 1) {
    if (n % 2 == 0) {
      n /= 2;
      x = std::sqrt(x * x + 1);
    } else {
      n = 3 * n + 1;
      x = std::cos(x) + 0.01 * n;
    }
  }
  return x;
}

// CHECK-VALUES: bisect wrt=a at=(3.1),(0.7) precision=float roundings=1000
double bisect(double a) {
  double lo = 0, hi = a + 1;
  for (int i = 0; i < 4; ++i) {
    double mid = 0.5 * (lo + hi);
    if (mid * mid * mid < a)
      lo = mid;
    else
      hi = mid;
  }
  return 0.5 * (lo + hi);
}

// CHECK-VALUES: nested_whiles wrt=x,y at=(1.3, 0.4, 3),(-0.5, 0.2, 1),(2, 0.6, 0)
double nested_whiles(double x, double y, int n) {
  double s = y;
  while (n > 0) {
    int m = n--;
    double t = x;
    while (t * t < 40 && m-- > 0) {
      t = t * (1.5 + y) + 0.25;
      s += t * y;
    }
    x = s / (1 + s * s) + 1;
  }
  return s * x;
}

// CHECK-VALUES: series wrt=x at=(0.7),(-2.1),(0)
double series(double x) {
  double term = 1, sum = 1;
  for (int n = 1; std::fabs(term) > 1e-14 && n < 60; ++n) {
    term *= x / n;
    sum += term;
  }
  return sum;
}

// CHECK-VALUES: two_conditions wrt=x,y at=(0.7, 5.2),(3, 0.4)
double two_conditions(double x, double y) {
  int trips = 0;
  while (x < 4 || y < 3) {
    if (x < y)
      x += 0.5 * y;
    else
      y += 0.25 * x;
    ++trips;
  }
  return x * y + trips * x;
}
