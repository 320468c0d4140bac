// RUN: %check-values %s
// What a class says that its members start with is no start for adjoints and tangents.
#include "Inputs/types/defaults.h"
#include <array>
#include <cmath>
#include <vector>

struct Offset {
  double x = 0;
  double y{};
  float z[2] = {0, 0};
};
class Vector {
public:
  double x, y;
  Vector() { x = y = 0; }
  Vector(double x, double y) : x(x), y(y) {}
};
struct Interval {
  double from, to;
  explicit Interval(double from = 0, double to = 0) : from(from), to(to) {}
};

// CHECK-VALUES: listed wrt=a,b at=(2, 3)
double listed(double a, double b) {
  Ball q[2] = {{a, 2}, {b * a, a}};
  double s = 0;
  for (int i = 0; i < 2; ++i)
    s += std::sin(q[i].mass * q[1 - i].x);
  return s;
}

// CHECK-VALUES: sized wrt=a,b at=(2, 3)
double sized(double a, double b) {
  std::vector<Ball> v(3);
  v[0].x = a;
  v[1].mass = b * v[2].mass;
  double s = 0;
  for (Ball e : v) {
    e.mass *= a;
    s += std::sin(e.x + e.mass);
  }
  return s;
}

// CHECK-VALUES: pushed wrt=a,b at=(2, 3)
double pushed(double a, double b) {
  std::vector<Ball> v;
  for (int i = 0; i < 3; ++i)
    v.push_back({a * i, b});
  v.resize(5);
  v[4].x = v[3].mass * a * b;
  v.pop_back();
  v.emplace_back();
  v.back().x = b;
  double s = 0;
  for (const auto &[mass, x] : v)
    s += std::sin(mass * x + a);
  return s;
}

// CHECK-VALUES: assigned wrt=p,a at=({{1, 2}, {0.5, 3}}, 2),({}, 2)
double assigned(const std::vector<Ball> &p, double a) {
  std::vector<Ball> v = p, w;
  w = v;
  double s = 0;
  for (auto &e : w) {
    e.x *= e.mass * a;
    s += std::sin(e.x * e.mass);
  }
  v.clear();
  v.resize(2);
  return s + v[1].mass * a;
}

// CHECK-VALUES: shrunk wrt=p,a at=({{1, 2}, {0.5, 3}, {2, 2}}, 2)
double shrunk(std::vector<Ball> &p, double a) {
  double s = p[2].mass * p[2].x;
  p.pop_back();
  s += p.back().x * a;
  p.clear();
  return s;
}

// CHECK-VALUES: by_value wrt=p,a at=({{1, 2}, {0.5, 3}}, 2)
double by_value(std::vector<Ball> p, double a) {
  p.resize(p.size() + 1);
  p.back().x = a;
  double s = 0;
  for (const Ball &e : p)
    s += e.mass * e.x * e.x;
  return s;
}

// CHECK-VALUES: fixed wrt=a,b at=(2, 3)
double fixed(double a, double b) {
  std::array<Ball, 2> v = {{{a, 2}, {b, 3}}};
  std::array<std::array<Ball, 2>, 2> w;
  w[1] = v;
  w[0][1].x = a * w[0][0].mass;
  double s = 0;
  for (const auto &row : w)
    s += std::sin(row[1].x * row[1].mass);
  return s;
}

// CHECK-VALUES: zeros wrt=a,b at=(2, 3)
double zeros(double a, double b) {
  std::vector<Offset> v(2);
  v[0].x = a;
  v.push_back({b, a, {1, 2}});
  std::vector<Vector> w(2, Vector(a, b));
  w.emplace_back(b, a);
  std::vector<Interval> k;
  k.push_back(Interval(a, b));
  k.resize(2);
  double s = k[0].from * k[0].to + k[1].from * a;
  for (const Offset &o : v)
    s += std::sin(o.x + o.y) * o.z[1];
  for (const Vector &o : w)
    s += std::sin(o.x * o.y);
  return s;
}

// CHECK-VALUES: nested wrt=a,b at=(2, 3)
double nested(double a, double b) {
  Chain c;
  c.links.push_back({a, b});
  c.links.push_back({b, a});
  Chain d = c;
  double s = 0;
  for (Ball &e : d.links) {
    e.x *= c.stiffness;
    s += std::sin(e.x * e.mass);
  }
  return s;
}

// CHECK-VALUES: filled wrt=a,b at=(2, 3, 2),(2, 3, 0)
double filled(double a, double b, int n) {
  std::vector<std::vector<double>> rows(n + 1, std::vector<double>(3, a));
  std::vector<double> row{a, b};
  std::vector<std::vector<double>> copies(n, row), listed(2, std::vector<double>{b, a * b});
  std::vector<std::vector<std::vector<double>>> deep(2, std::vector<std::vector<double>>(2, {a, b}));
  std::vector<Ball> balls(3, Ball{a, b});
  row[0] *= b;
  rows[0][1] *= b;
  double s = row[0] + deep[1][0][1] * deep[0][1][0] + balls[2].x * balls[0].mass;
  for (const auto &r : rows)
    s += std::sin(r[1] * r[2]);
  for (const auto &r : copies)
    s += r[0] * r[1];
  for (const auto &r : listed)
    s += r[0] * r[1];
  return s;
}

// CHECK-VALUES: rows wrt=a,b at=(2, 3, 2)
double rows(double a, double b, int n) {
  std::vector<std::vector<Ball>> m(n, std::vector<Ball>(2)), k(2);
  m[1][0].x = a;
  m[0][1].mass = b * m[1][1].mass;
  k[1].resize(3);
  k[1][2].x = a * b;
  std::vector<std::vector<Ball>> c = m;
  double s = k[1][2].mass * k[1][2].x;
  for (const auto &row : c)
    for (const Ball &e : row)
      s += std::sin(e.x * a + e.mass * e.mass);
  return s;
}
