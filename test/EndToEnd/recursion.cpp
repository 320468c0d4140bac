// RUN: %check-values %s
// Functions that call themselves, directly and through others.
#include <cmath>

// CHECK-VALUES: power wrt=x at=(1.3, 5),(-0.7, 3),(2, 1),(2, 0)
double power(double x, int n) { return n == 0 ? 1 : x * power(x, n - 1); }

// CHECK-VALUES: fast_power wrt=x at=(1.3, 5),(-0.7, 12),(2, 1),(2, 0)
double fast_power(double x, int n) {
  if (n == 0)
    return 1;
  double h = fast_power(x * x, n / 2);
  return n % 2 ? h * x : h;
}

// CHECK-VALUES: horner wrt=x,a at=(0.7, 1.5, 4, 1),(-1.3, 0.5, 2, 0),(2, 3, 0, 7)
double horner(double x, double a, int n, double accumulated) {
  if (n == 0)
    return accumulated;
  return horner(x, a, n - 1, accumulated * x + a * n);
}

// CHECK-VALUES: accumulated_too wrt=x,accumulated at=(0.7, 4, 1),(-1.3, 1, 0.5),(2, 0, 7)
double accumulated_too(double x, int n, double accumulated) {
  if (n == 0)
    return accumulated * accumulated;
  return accumulated_too(std::sin(x), n - 1, accumulated + x * n);
}

// CHECK-VALUES: fibonacci wrt=x,y at=(0.7, 1.3, 6),(-1.3, 0.4, 1),(2, 3, 0),(2, 3, 2)
double fibonacci(double x, double y, int n) {
  if (n == 0)
    return x;
  if (n == 1)
    return y;
  return fibonacci(x, y, n - 1) + std::cos(x) * fibonacci(x, y, n - 2);
}

// CHECK-VALUES: until_small wrt=x at=(0.3),(3),(-17)
double until_small(double x) {
  if (std::fabs(x) < 1)
    return x * x;
  return 0.5 * until_small(x / 2) + std::sin(x);
}

double odd(double x, int n);
double even(double x, int n) {
  if (n == 0)
    return x;
  return std::sin(odd(x, n - 1)) * x;
}
double odd(double x, int n) {
  if (n == 0)
    return 2 * x;
  return even(x * x, n - 1) + x;
}

// CHECK-VALUES: mutual wrt=x at=(0.7, 5),(-0.8, 4),(1.1, 1),(2, 0)
double mutual(double x, int n) { return even(x, n) * odd(x, n); }

double three(double x, double y, int n);
double one(double x, double y, int n) { return n <= 0 ? x : three(y, x, n - 1) * 0.5; }
double two(double x, double y, int n) { return n <= 0 ? y : one(x + y, y, n - 1) + x; }
double three(double x, double y, int n) {
  if (n <= 0)
    return x * y;
  return two(x, std::sin(y), n - 1) + one(x, y, n - 2);
}

// CHECK-VALUES: mutual_of_three wrt=x,y at=(0.7, 1.3, 6),(-0.8, 0.4, 3),(2, 1, 0)
double mutual_of_three(double x, double y, int n) { return one(x, y, n) + 2 * two(x, y, n); }

// Only one of its arguments is active at first; then both are.
double spreading(double x, double a, int n) {
  return n == 0 ? x * a : spreading(a, x + a, n - 1) + x;
}
// CHECK-VALUES: activity_spreads wrt=x at=(0.7, 1.3, 4),(-0.8, 0.4, 1),(2, 1, 0)
double activity_spreads(double x, double a, int n) { return spreading(x, a, n) * spreading(a, 1, n); }

double curve(double x, double a) { return std::exp(-a * x * x); }
double simpson(double a, double b, double p) {
  return (b - a) / 6 * (curve(a, p) + 4 * curve((a + b) / 2, p) + curve(b, p));
}
double refined(double a, double b, double p, double whole, double tolerance, int depth) {
  double m = (a + b) / 2;
  double left = simpson(a, m, p), right = simpson(m, b, p);
  double delta = left + right - whole;
  if (depth <= 0 || std::fabs(delta) <= 15 * tolerance)
    return left + right + delta / 15;
  return refined(a, m, p, left, tolerance / 2, depth - 1) +
         refined(m, b, p, right, tolerance / 2, depth - 1);
}

// CHECK-VALUES: adaptive_simpson wrt=a,b,p at=(0, 2, 1.5),(-1, 3, 0.7),(0.1, 0.2, 2)
double adaptive_simpson(double a, double b, double p) {
  return refined(a, b, p, simpson(a, b, p), 1e-6, 10);
}

// A loop that calls its own function.
// CHECK-VALUES: tree wrt=x at=(0.7, 3),(-0.4, 2),(1, 0)
double tree(double x, int n) {
  double s = x;
  for (int i = 0; i < n; ++i)
    s += tree(x / (i + 2), i) * s;
  return s;
}

// The recursion is in a condition, and nothing else.
// CHECK-VALUES: depth_decides wrt=x at=(3),(40),(0.5)
int depth(double x) { return x < 1 ? 0 : 1 + depth(x / 2); }
double depth_decides(double x) { return depth(x) > 3 ? x * x : depth(x) * x; }

// A place handed down.
// CHECK-VALUES: sum_down wrt=s,x at=(0.5, 0.7, 4),(2, -0.3, 1),(1, 1, 0)
void sum_down(double &s, double x, int n) {
  if (n == 0)
    return;
  s = s * x + n;
  sum_down(s, std::sin(x), n - 1);
  s += x * x;
}

// CHECK-VALUES: through wrt=s,x at=(0.5, 0.7, 5),(2, -0.3, 2),(1, 1, 0)
double through(double &s, double x, int n) {
  if (n < 1) {
    s *= x;
    return x;
  }
  double r = through(s, x / 2, n - 1) * s;
  double t = s;
  r += through(t, x, n - 2);
  s = std::sin(s + t) + x;
  return r;
}
