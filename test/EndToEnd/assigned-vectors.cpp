// RUN: %check-values %s
// RUN: adgen %s --function double_buffered --mode reverse,forward -o - | FileCheck %s --check-prefix=BUFFERED
// RUN: adgen %s --function longer -o - --mode forward | FileCheck %s --check-prefix=LONGER
// Assignments of vectors are loops over their elements to differentiation. Those of vectors that have one size for ever
// change no size, and are assignments again in the output.
#include <cmath>
#include <utility>
#include <vector>

// BUFFERED: _grad(
// BUFFERED-NOT: push_back
// BUFFERED: std::vector<double> next = x;
// BUFFERED-NOT: resize
// BUFFERED: x = next;
// BUFFERED: Reverse sweep
// BUFFERED: _jvp(
// BUFFERED-NOT: resize
// BUFFERED: x_dot = next_dot;
// BUFFERED-NEXT: x = next;
// CHECK-VALUES: double_buffered wrt=x at=({0.5, 1, -2}, 3),({0.5, 1}, 0),({2, 1}, 1)
double double_buffered(std::vector<double> x, int n) {
  std::vector<double> next(x), other;
  for (int k = 0; k < n; ++k) {
    for (std::size_t i = 1; i < x.size(); ++i)
      next[i] = std::sin(x[i]) * x[i - 1];
    x = next;
  }
  other = x;
  other[0] *= other[1];
  return other[0] * x[1];
}

// The loop copies all of b and a, but not of c.
// LONGER-NOT: d = c
// LONGER-NOT: d_dot = c_dot
// LONGER: d_dot[i] = c_dot[i];
// CHECK-VALUES: longer wrt=a,c at=({0.5, 1}, {2, 3, 4}),({}, {1})
double longer(const std::vector<double> &a, const std::vector<double> &c) {
  std::vector<double> b(a.size()), d(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    b[i] = a[i];
    d[i] = c[i];
  }
  double s = 0;
  for (double e : d)
    s += e * e;
  for (double e : b)
    s += std::sin(e);
  return s;
}

// CHECK-VALUES: growing wrt=x at=({0.5, 1, 2}, 2),({0.5}, 0)
double growing(std::vector<double> x, int n) {
  std::vector<double> y = x, z;
  for (int k = 0; k < n; ++k) {
    y.push_back(x[0] * x[k]);
    x = y;
    y[0] *= 0.5;
  }
  z = x;
  y = z;
  double s = 0;
  for (std::size_t i = 0; i < z.size(); ++i)
    s += z[i] * y[i] * (i + 1);
  return s;
}

// CHECK-VALUES: rows wrt=x at=({{0.5, 1}, {2}, {-1, 0.25, 3}}, 2),({{0.5}, {2}, {3, 1}}, 0)
double rows(std::vector<std::vector<double>> x, int n) {
  std::vector<std::vector<double>> y(x), z;
  for (int k = 0; k < n; ++k) {
    for (std::size_t i = 1; i < x.size(); ++i)
      y[i][0] = x[i][0] * x[i - 1][0];
    x = y;
    y[0] = x[2];
    y[0][0] *= 2;
  }
  z = y;
  return z[1][0] * x[2][1] + z[0].back() * z[0].size();
}

// Two that are one class but for a branch; sizes that swap.
// CHECK-VALUES: exchanged wrt=x,y at=({0.5, 1, 2}, {3, 4}, 0),({0.5, 1, 2}, {3, 4}, 1),({0.5, 1, 2}, {3, 4}, 2)
double exchanged(std::vector<double> x, std::vector<double> y, int k) {
  std::vector<double> u(x.size()), v(y.size()), w(x.size(), 0.5);
  u = x;
  v = y;
  if (k > 0)
    std::swap(u, v);
  w = u;
  if (k > 1)
    u = v;
  double s = 0;
  for (std::size_t i = 0; i < u.size(); ++i)
    s += u[i] * (i + 1);
  for (std::size_t i = 0; i < w.size(); ++i)
    s += w[i] * w[i] * v[0];
  return s * v.size();
}

// The same vector by two names.
// CHECK-VALUES: of_itself wrt=x,y at=({0.5, 1, 2}, {3, 4, 5})
void of_itself(std::vector<double> &x, std::vector<double> &y) {
  std::vector<double> t(x.size());
  t = x;
  x = y;
  y = t;
  x = x;
  y[0] *= x[1];
}

// A resize that does nothing stands in front of a loop that copies a part of something else.
// CHECK-VALUES: beside wrt=a,c at=({0.5, 1}, {2, 3, 4})
double beside(const std::vector<double> &a, const std::vector<double> &c) {
  const std::size_t n = a.size();
  std::vector<double> b(n), d(n);
  b.resize(n);
  for (std::size_t i = 0; i < n; ++i)
    d[i] = c[i];
  double s = 0;
  for (double e : d)
    s += e * e;
  return s + a[0] * b.size();
}

// The size is asked for before it changes, and goes through a type that is too narrow.
// CHECK-VALUES: before_and_narrow wrt=x,t at=({0.5, 1}, 2, 300)
double before_and_narrow(std::vector<double> x, double t, int n) {
  const std::size_t size = x.size();
  x.push_back(t);
  std::vector<double> y(size), a(n, 0.5), b(static_cast<unsigned char>(n));
  for (std::size_t i = 0; i < size; ++i)
    y[i] = x[i];
  for (std::size_t i = 0; i < b.size(); ++i)
    b[i] = x[0] * i;
  a = b;
  double s = 0;
  for (double e : y)
    s += e * e;
  for (double e : a)
    s += e;
  return s * x.back() + a.size();
}
