// RUN: %check-values %s
// Objects that are declared without an initial value start as their class says, and the class of each member.
#include <array>
#include <cmath>

struct Offset {
  double x = 0, y = 1;
};
struct Frame {
  Offset at;
  Offset moved[2];
};
struct Weights {
  double w[3] = {1, 2};
  double scale{};
  int n = 2;
};
struct Start {
  double s;
  Start() : s(3) {}
};
struct Pair {
  Start first[2];
  double last;
};
struct Plain {
  double x, y;
};

// CHECK-VALUES: nested wrt=a at=(2),(-0.5)
double nested(double a) {
  Frame d;
  d.at.x = a;
  d.moved[1].x = d.at.x * d.moved[0].y + d.at.y;
  return d.at.x * d.moved[1].x + d.moved[0].x * a;
}

// CHECK-VALUES: listed wrt=a at=(2),(-0.5)
double listed(double a) {
  Weights v[2];
  v[0].w[0] *= a;
  return (v[0].w[2] + v[1].w[1] + v[1].scale) * a * v[1].n * v[0].w[0];
}

// CHECK-VALUES: constructed wrt=a at=(2),(-0.5)
double constructed(double a) {
  Pair p;
  p.last = a;
  p.first[1].s *= a;
  auto zeroed = Pair();
  zeroed.first[0].s += a;
  return p.first[0].s * p.first[1].s * p.last + zeroed.last * a + std::sin(zeroed.first[0].s);
}

// CHECK-VALUES: looped wrt=a,x at=(2, {1, 0.5, 3}, 3),(2, {}, 0)
double looped(double a, const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    Frame d[6];
    d[i].at.y = a * x[i];
    Plain p[3];
    for (int j = 0; j < 3; ++j) {
      p[j].x = d[j].at.y * a;
      p[j].y = std::sin(p[j].x) + d[j].moved[1].x;
    }
    s += p[0].y * p[1].y + p[2].x * d[i].at.y;
  }
  return s;
}

// CHECK-VALUES: arrays wrt=a at=(2),(-0.5)
double arrays(double a) {
  Pair p[2];
  p[1].last = a;
  return p[0].first[0].s * p[1].first[1].s * p[1].last * a;
}

struct Grid {
  double m[3] = {};
  Offset cells[3] = {{1}, {}};
  std::array<double, 2> rest = {};
  double few[3]{2};
  double many[40] = {1, 2};
};

// Lists of default initializers name some elements, or none.
// CHECK-VALUES: braces wrt=a at=(2),(-0.5)
double braces(double a) {
  Grid g;
  g.m[0] = a;
  g.cells[1].y = a * a;
  double s = g.rest[0] * a;
  for (int i = 0; i < 3; ++i)
    s += g.m[i] * a + g.cells[i].x + g.cells[i].y * g.few[i];
  for (double t : g.many)
    s += t * a;
  return s;
}

// CHECK-VALUES: partly_chosen wrt=a at=(2),(-0.5)
double partly_chosen(double a) {
  Plain p = a > 0 ? Plain{a * a} : Plain{a, 3 * a};
  return p.x * a + p.y;
}
