// RUN: %check-values %s
// Vectors of the caller's that change their shape: the adjoint has the final shape on
// entry, and the first one on exit.
#include "Inputs/types/series.h"
#include <utility>
#include <vector>

static void append(std::vector<double> &v, double x) { v.push_back(x * x); }

// CHECK-VALUES: extended wrt=v,x at=({1, 2}, 3, 2),({1}, 2, 1),({1, 2, 3}, 2, 0)
void extended(std::vector<double> &v, double x, int n) {
  for (int i = 0; i < n; ++i) {
    append(v, v[i] * x);
    v[i] *= v.back();
  }
}

// CHECK-VALUES: reduced wrt=v at=({1, 2, 3, 4}),({2, 3}),({5})
double reduced(std::vector<double> &v) {
  double r = 0;
  while (v.size() > 1) {
    const double t = v.back();
    v.pop_back();
    v.back() = v.back() * t + t;
    r += v[0] * t;
  }
  return r;
}

// CHECK-VALUES: exchanged wrt=u,w at=({1, 2}, {3, 4, 5}),({1}, {})
void exchanged(std::vector<double> &__restrict u, std::vector<double> &__restrict w) {
  for (double &e : u)
    e *= e;
  u.swap(w);
  for (double &e : u)
    e = e * e * e;
  w.push_back(w[0] * 2);
}

// CHECK-VALUES: replaced wrt=v,w at=({1, 2}, {3, 4, 5}),({}, {2})
void replaced(std::vector<double> &v, const std::vector<double> &w) {
  v = w;
  v.push_back(w[0] * w.back());
}

// By value.
// CHECK-VALUES: of_copy wrt=v at=({1, 2, 3}),({2})
double of_copy(std::vector<double> v) {
  v.push_back(v[0] * v.back());
  double r = 0;
  while (!v.empty()) {
    r = r * 0.5 + v.back() * v.front();
    v.pop_back();
  }
  return r;
}

// CHECK-VALUES: returned wrt=x at=({1, -2, 3}),({})
std::vector<double> returned(const std::vector<double> &x) {
  std::vector<double> y;
  for (double e : x)
    if (e > 0)
      y.push_back(e * e);
  y.push_back(1);
  return y;
}

// CHECK-VALUES: rows wrt=m at=({{1, 2}, {3}}),({{2}})
double rows(std::vector<std::vector<double>> &m) {
  m[0].push_back(m.back()[0] * m[0][0]);
  m.emplace_back();
  m.back().push_back(m[0].back() * 2);
  double r = 0;
  for (const auto &row : m)
    for (double e : row)
      r += e * e;
  return r;
}

// A member changes its size as its object is assigned to.
// CHECK-VALUES: assigned wrt=s,y at=({2, {1, 2, 3}}, 0.5),({2, {}}, 0.5)
double assigned(Series &s, double y) {
  const Series t{y, {y * y}};
  s = t;
  return s.start * s.values[0];
}

// The member has another size behind the exchange.
// CHECK-VALUES: member_exchanged wrt=s,a at=({2, {1, 2, 3}}, 0.5),({2, {4}}, 0.5)
double member_exchanged(Series &s, double a) {
  std::vector<double> w{a, a * s.start};
  std::swap(s.values, w);
  return s.values[0] * a + s.values[1] * w[0];
}

// CHECK-VALUES: member_exchanged_or_not wrt=s,a at=({2, {1, 2, 3}}, 0.5),({-2, {4}}, 0.5)
double member_exchanged_or_not(Series &s, double a) {
  std::vector<double> w{a, a * s.start};
  if (s.start > 0)
    s.values.swap(w);
  return s.values[0] * a + w[0];
}
