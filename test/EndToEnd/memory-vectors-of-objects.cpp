// RUN: %check-values %s
// Objects in vectors that grow; vectors that grow in objects.
#include "Inputs/types/points.h"
#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

struct State {
  std::vector<double> values;
  double sum;
  int n;
};
struct Node {
  double a, b;
  int k;
};

// CHECK-VALUES: members wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5)
double members(const double *x, int n) {
  State s{{}, 0, 0};
  for (int i = 0; i < n; ++i) {
    s.values.push_back(x[i] * s.sum + x[i]);
    s.sum += s.values.back() * 0.3;
    s.n++;
    if (s.values.size() > 4)
      s.values.pop_back();
  }
  double r = s.sum;
  for (double e : s.values)
    r += e * e;
  return r;
}

// CHECK-VALUES: nodes wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5),({}, 0)
double nodes(const double *x, int n) {
  std::vector<Node> v;
  for (int i = 0; i < n; ++i) {
    v.push_back({x[i] * x[0], x[i], i});
    if (i > 2)
      v.push_back(v[1]);
    Node m = v.back();
    m.a *= m.b;
    v.push_back(m);
    v.back().b += v[0].a;
  }
  double r = 0;
  for (const Node &m : v)
    r += m.a * m.b * (m.k + 1);
  return r;
}

// What is set to a constant is read by the same statement.
// CHECK-VALUES: set_anew wrt=x,y at=(1.5, -0.5),(0.2, 2)
double set_anew(double x, double y) {
  std::vector<Node> q(3);
  for (int i = 0; i < 3; ++i)
    q[i] = Node{x, y * i, i};
  q[0] = Node{q[0].b + q[1].b, 1.0, 2};
  for (int i = 0; i < 2; ++i) {
    Node s = q[0];
    q[0] = q[1];
    q[1] = s;
    q[1] = q[2];
    if (-x < -0.4)
      break;
  }
  return x + q[1].b * q[0].a + q[0].b;
}

// The element that is copied moves when the vector grows.
// CHECK-VALUES: doubled wrt=x,y at=(0.5, 2)
double doubled(double x, double y) {
  std::vector<Body> v;
  v.push_back({{x, y}, {y, x * y}, x + y, 2});
  v.push_back(v.back());
  v.push_back(v[0]);
  v[0].at.x *= 0.5;
  double s = 0;
  for (const Body &b : v)
    s += b.at.x * b.speed.y * b.kind + b.mass * b.at.y + b.speed.x;
  return s;
}

struct Weighted {
  double a;
  int k;
  double b;
};
// CHECK-VALUES: doubled_flat wrt=x at=(0.5),(2)
double doubled_flat(double x) {
  std::vector<Weighted> t;
  t.push_back({x, 2, x * x});
  t.push_back(t.back());
  t[0].a *= 0.5;
  return t[1].a * t[1].b * t[1].k + t[0].a;
}
