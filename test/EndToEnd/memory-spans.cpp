// RUN: %check-values %s --standards c++20,c++23
// Spans, which share what they show.
#include <cmath>
#include <span>
#include <vector>

// CHECK-VALUES: sum wrt=x at=(rand(3, 1)),({})
double sum(std::span<const double> x) {
  double s = 0;
  for (double e : x)
    s += e * e;
  return s;
}

// CHECK-VALUES: scaled wrt=x,a at=(rand(3, 1), 0.5)
void scaled(std::span<double> x, double a) {
  for (std::size_t i = 0; i < x.size(); ++i)
    x[i] *= a * x[i];
}

// CHECK-VALUES: combined wrt=x,y at=(rand(3, 1), rand(3, 2))
// CHECK-VALUES: combined wrt=x,y at=(rand(3, 1), _) alias=y:x
// CHECK-VALUES: combined wrt=x,y at=(rand(4, 1), _) alias=y:x+1
void combined(std::span<const double> x, std::span<double> y) {
  for (std::size_t i = 0; i < y.size(); ++i)
    y[i] += x[i] * x[i];
}

// CHECK-VALUES: fixed wrt=x at=({1, 2, 3})
double fixed(std::span<const double, 3> x) { return x[0] * x[1] - x[2] * x.front(); }

// CHECK-VALUES: parts wrt=x at=(rand(5, 1))
double parts(std::span<double> x) {
  auto head = x.first(2), tail = x.subspan(2);
  for (double &e : tail)
    e *= head[0];
  return sum(head) * sum(tail);
}

// A vector and a span of it.
// CHECK-VALUES: both wrt=v,s at=(rand(3, 1), rand(3, 2))
// CHECK-VALUES: both wrt=v,s at=(rand(3, 1), _) alias=s:v
// CHECK-VALUES: both wrt=v,s at=(rand(4, 1), _) alias=s:v+1
double both(std::vector<double> &v, std::span<double> s) {
  double r = 0;
  for (std::size_t i = 0; i < s.size(); ++i) {
    s[i] *= v[0];
    r += v[i] * s[i];
  }
  return r;
}

// Of a pointer, with a size.
// CHECK-VALUES: of_pointer wrt=x at=(rand(3, 1), 3),({}, 0)
double of_pointer(const double *x, int n) {
  std::span<const double> a(x, n);
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += a[i] * a[i];
  return s;
}

// CHECK-VALUES: of_moved_pointer wrt=x at=(rand(4, 1), 3)
void of_moved_pointer(double *x, int n) {
  std::span<double> a(x + 1, n - 1);
  for (double &v : a)
    v *= v;
  a[0] = x[0];
}

// Elements that are only overwritten.
// CHECK-VALUES: only_overwritten wrt=x at=({1, 2, 3}),({4, 5, 6, 7})
double only_overwritten(std::vector<double> x) {
  std::span<double> y(x);
  for (int i = 0; i < 2; ++i)
    y[i] = x[2];
  return x[1] * x[2];
}

static double down(const std::span<double> &w, double x, int n) {
  if (n <= 0)
    return 0;
  w[n] += std::sin(x) * w[n - 1];
  return down(w, x * 0.9, n - 1) + w[n];
}

// A span by reference to const, made for the call.
// CHECK-VALUES: down_a_span wrt=x at=(2),(-0.5)
double down_a_span(double x) {
  double w[4] = {x, 1, x * x, 0};
  const double r = down(std::span<double>(w, 4), x, 3);
  return r + w[2] * w[3];
}
