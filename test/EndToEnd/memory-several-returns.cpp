// RUN: %check-values %s
// Functions with several returns of a vector, and vectors of vectors by value.
#include "Inputs/types/points.h"
#include <vector>

using Rows = std::vector<std::vector<double>>;

// CHECK-VALUES: scaled wrt=x,a at=({1, 2, 4}, 2),({1, 2, 4}, -2)
std::vector<double> scaled(const std::vector<double> &x, double a) {
  if (a > 0) { std::vector<double> y(x); for (double &v : y) v *= a; return y; }
  return x;
}
// CHECK-VALUES: used wrt=x,a at=({1, 2, 4}, 2),({1, 2, 4}, -2)
double used(const std::vector<double> &x, double a) { auto y = scaled(x, a); double s = 0; for (double v : y) s += v * v; for (double v : scaled(y, s)) s += v; return s; }
// CHECK-VALUES: three wrt=x,a at=({1, 2, 4}, 2),({1, 2, 4}, -2),({}, 1)
std::vector<double> three(const std::vector<double> &x, double a) {
  if (x.empty()) return {};
  std::vector<double> y = x;
  y[0] *= a;
  if (a > 0) return y;
  for (double v : y)
    if (v > 3) return {v, a};
  return std::vector<double>(x.size(), a);
}

// CHECK-VALUES: by_value wrt=m at=({{1, 2}, {3}}),({{1}})
double by_value(Rows m) {
  double s = 0;
  for (auto &row : m)
    for (double &v : row) {
      s += v * v;
      v *= s;
    }
  m[0][0] *= s;
  return s * m[0][0];
}

// CHECK-VALUES: outer wrt=x at=({1, 2, 3}),({})
Rows outer(const std::vector<double> &x) {
  Rows m(x.size(), std::vector<double>(x.size()));
  for (std::size_t i = 0; i < x.size(); ++i)
    for (std::size_t j = 0; j < x.size(); ++j)
      m[i][j] = x[i] * x[j];
  return m;
}

// CHECK-VALUES: both wrt=x at=({1, 2, 3})
double both(const std::vector<double> &x) {
  Rows m = outer(x);
  m[1][2] *= m[0][1];
  return by_value(m) + m[1][2];
}

// CHECK-VALUES: changed wrt=m,a at=({{1, 2}, {3}}, 2),({{1, 2}, {3}}, -2)
Rows changed(Rows m, double a) {
  if (a > 0)
    return m;
  for (auto &row : m)
    for (double &v : row)
      v *= a;
  return m;
}

// CHECK-VALUES: chosen wrt=m,a at=({{1, 2}, {3}}, 2),({{1, 2}, {3}}, -2)
Rows chosen(const Rows &m, double a) {
  if (a > 0)
    return m;
  Rows r = m;
  r[0][1] *= a;
  return r;
}

// From within two loops.
// CHECK-VALUES: from_nested_loops wrt=x,y at=(0.3, 2),(0.05, 1),(0.7, 1),(-3, 0.5)
Point from_nested_loops(double x, double y) {
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 2; ++j) {
      if (x > 0.5)
        return Point{x * y, x};
      x *= 1.5;
    }
    x += 0.25 * y;
  }
  return {y, x * x};
}

// CHECK-VALUES: list_from_nested_loops wrt=x,y at=(0.3, 2),(0.05, 1),(0.7, 1),(-3, 0.5)
std::vector<double> list_from_nested_loops(double x, double y) {
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 2; ++j) {
      if (x > 0.5)
        return {x * y, x};
      x *= 1.5;
    }
    x += 0.25 * y;
  }
  return {y, x * x, x};
}

// CHECK-VALUES: partly wrt=a at=(2),(-0.5)
Body partly(double a) {
  if (a > 0)
    return {{a * a}, {}, 2 * a, 1};
  return {{a, 3 * a}, {a}};
}
