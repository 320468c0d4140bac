// RUN: %check-values %s
// Objects that are taken apart: copies of their members, or the members themselves.
#include "Inputs/types/points.h"
#include <array>
#include <cmath>
#include <tuple>
#include <utility>
#include <vector>

static std::pair<double, double> value_and_slope(double a, double z) {
  return {a * z * z, 2 * a * z};
}

// CHECK-VALUES: returned wrt=a,z at=(2, 3),(-1, 0.5)
double returned(double a, double z) {
  auto [v, d] = value_and_slope(a, z);
  v *= d;
  return v / d * a + d;
}

// CHECK-VALUES: tied wrt=a at=(2),(-1)
double tied(double a) {
  double v = a, d;
  std::tie(d, v) = value_and_slope(v, a);
  std::tie(v, std::ignore) = value_and_slope(v, d);
  return v / d * a;
}

// CHECK-VALUES: made wrt=a,b at=(2, 3)
double made(double a, double b) {
  auto [x, y] = Point{a * b, std::sin(b)};
  const auto &[u, w] = Point{x * y, a};
  x += w;
  return x * y * u;
}

// CHECK-VALUES: named wrt=p,a at=({3, 4}, 0.5)
double named(Point &p, double a) {
  auto [x, y] = p;
  auto &[u, v] = p;
  u *= a * y;
  v += u * x;
  const auto &[r, s] = p;
  return r * s * x;
}

// CHECK-VALUES: nested wrt=b at=({{0.5, 1}, {0.5, 0.25}, 2, 1}),({{1, 2}, {3, 0.25}, 2, 0})
double nested(Body &b) {
  auto &[at, speed, mass, kind] = b;
  at.x *= mass;
  auto [before, turn, m, k] = b;
  speed = before;
  before.x *= turn.y * kind;
  return before.x * at.x * m + k;
}

// CHECK-VALUES: ranged wrt=points,a at=({{1, 2}, {0.5, -1}}, 0.5),({}, 2)
double ranged(std::vector<Point> &points, double a) {
  double s = 0;
  for (auto &[x, y] : points) {
    x *= a;
    s += x * y;
  }
  for (auto [x, y] : points) {
    x *= a;
    s += std::sin(x * y);
  }
  for (const auto &[x, y] : points)
    s += std::sin(x + y) * a;
  return s;
}

// CHECK-VALUES: arrays wrt=x,y at=({1, 2, 3}, {0.5, 4})
double arrays(double (&x)[3], std::array<double, 2> y) {
  auto &[a, b, c] = x;
  auto [p, q] = y;
  auto [d, e, f] = x;
  a = b * c * p;
  b += e * q;
  std::swap(b, c);
  return a * b * c * d * f;
}

// The members of the pair change one after the other.
// CHECK-VALUES: crossed wrt=a,b at=(2, 3)
double crossed(double a, double b) {
  std::pair<double, double> t(a, b);
  auto [v, d] = t;
  auto &&[w, e] = t;
  w = v * d;
  std::tie(e, w) = t;
  return w * e * v;
}

// CHECK-VALUES: captured wrt=a,b at=(2, 3)
double captured(double a, double b) {
  auto [v, d] = value_and_slope(a, b);
  auto scale = [v = v](double t) { return t * v; };
  d += scale(b);
  return d * v;
}
