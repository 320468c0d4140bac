// RUN: %check-values %s
// Pointers that may be null, references to one of two variables, pairs and tuples, std::remquo.
#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

// CHECK-VALUES: perhaps_written wrt=x at=(0.7, null),(0.7, 1.5)
double perhaps_written(double x, double *out) {
  double y = x * x;
  if (out)
    *out = std::sin(y);
  return y * x;
}

// CHECK-VALUES: weighted wrt=x,w at=(0.7, 1.5),(-2, 0.5)
// CHECK-VALUES: weighted wrt=x at=(0.7, null),(-2, 0.5)
double weighted(double x, const double *w) { return w == nullptr ? x * x : x * *w * *w; }

// CHECK-VALUES: in_a_loop wrt=x at=(0.7, null, 3),(0.7, 1.5, 3),(1.3, 0.5, 4)
double in_a_loop(double x, double *sum, int n) {
  double s = x;
  for (int i = 0; i < n; ++i) {
    s = s * x + 1;
    if (nullptr != sum && s > 2)
      *sum += s * s;
  }
  if (!sum)
    return s;
  return s * *sum;
}

// A name in an inner scope hides the parameter's.
// CHECK-VALUES: hidden wrt=x at=(0.7, null),(0.7, 1.5)
double hidden(double x, double *out) {
  double s = x;
  {
    double out = s * x;
    s += out * out;
  }
  for (int out = 0; out < 2; ++out)
    s *= x + out;
  if (out != nullptr)
    *out += s;
  return s;
}

// CHECK-VALUES: greater wrt=x,y at=(0.7, 1.5),(2, 0.5)
double greater(double x, double y) {
  const double &m = std::max(x, y);
  return m * m + x;
}

// CHECK-VALUES: greater_changed wrt=x,y at=(0.7, 1.5),(2, 0.5)
double greater_changed(double x, double y) {
  const double &m = std::max(x, y);
  const double &l = std::min(x, y);
  x *= 3;
  double r = m * m + l;
  y *= x;
  return r + m * l;
}

// CHECK-VALUES: clamped wrt=x,y at=(0.7, 1.5),(2, 0.5),(-1, 4)
double clamped(double x, double y) {
  const double zero = 0;
  const double &m = std::clamp(x, zero, std::max(y, zero));
  return m * m * y;
}

// CHECK-VALUES: fibonacci wrt=a,b at=(0.7, 1.5, 4),(2, 0.5, 0)
double fibonacci(double a, double b, int n) {
  for (int i = 0; i < n; ++i)
    std::tie(a, b) = std::make_pair(b, a * b + 1);
  return a - b * b;
}

// CHECK-VALUES: no_swap wrt=a,b at=(0.7, 1.5),(2, 0.5)
double no_swap(double a, double b) {
  std::tie(a, b) = std::tie(b, a);
  return a * a - 3 * b;
}

// CHECK-VALUES: braces wrt=a,b at=(0.7, 1.5),(2, 0.5)
double braces(double a, double b) {
  double c;
  int n;
  std::tie(a, c, n) = std::tuple<double, double, int>{a * b, a + b, 3};
  std::tie(std::ignore, b) = std::pair<double, double>(a, c * a);
  return a * c * n + b;
}

// CHECK-VALUES: bound wrt=a,b at=(0.7, 1.5),(2, 0.5)
double bound(double a, double b) {
  auto [s, p] = std::make_tuple(a + b, a * b);
  const auto [t, n] = std::pair<double, int>{s * p, 2};
  s += t * n;
  auto [ra, rb] = std::tie(a, b);
  ra *= s;
  return s * p + a + rb;
}

// CHECK-VALUES: quotient wrt=x,y at=(7.3, 1.5),(-9.1, 2.5),(4.25, -3)
double quotient(double x, double y) {
  int q;
  double r = std::remquo(x, y, &q);
  return r * q + std::remquo(x * x, y, &q) * (q & 1);
}

// CHECK-VALUES: quotient_kept wrt=x at=(7.3, 1.5, 0),(-9.1, 2.5, 3)
double quotient_kept(float x, float y, int *q) { return std::remquo(x, y, q) * 2; }

// CHECK-VALUES: both_or_one wrt=x at=(0.7, null, null),(0.7, 1, null),(0.7, null, 2),(0.7, 1, 2)
double both_or_one(double x, double *p, double *q) {
  double r = x;
  if (p && q) {
    *p = x * *q;
    return r * *p;
  }
  if (p || q)
    r *= 2;
  if (!p != !q)
    r += x * x;
  double *other = p;
  if (other)
    *other += r;
  double s = q ? *q : 1.5;
  return r * s;
}

// CHECK-VALUES: either wrt=x at=(0.7, null),(0.7, 1.5)
double either(double x, double *o) {
  double &r = o ? *o : x;
  r *= 2 * x;
  const double *p = o ? o : &x;
  return *p * x;
}
