// RUN: %check-values %s
// Structs that hold numbers and arrays: by reference, in arrays, local.
#include "Inputs/types/atoms.h"
#include "Inputs/types/points.h"
#include <cmath>

// CHECK-VALUES: turned wrt=p,angle at=({3, 4}, 0.5)
void turned(Point &p, double angle) {
  const Point old = p;
  p.x = std::cos(angle) * old.x - std::sin(angle) * old.y;
  p.y = std::sin(angle) * old.x + std::cos(angle) * old.y;
}

// CHECK-VALUES: area wrt=p at=({{0, 0}, {2, 0.5}, {1.5, 2}}, 3),({{1, 2}}, 1),({}, 0)
double area(const Point *p, int n) {
  double a = 0;
  for (int i = 0; i < n; ++i) {
    const Point &q = p[(i + 1) % n];
    a += p[i].x * q.y - q.x * p[i].y;
  }
  return 0.5 * a;
}

// CHECK-VALUES: step wrt=b,h at=({{{0, 1}, {0.5, 0.25}, 2, 1}, {{1, 0}, {-1, 0.5}, 0.5, 0}}, 2, 0.125)
void step(Body *b, int n, double h) {
  for (int i = 0; i < n; ++i) {
    if (b[i].kind == 0)
      continue;
    b[i].at.x += h * b[i].speed.x;
    b[i].at.y += h * b[i].speed.y;
    b[i].speed.y -= h * b[i].mass * b[i].at.x;
    b[i].kind++;
  }
}

// CHECK-VALUES: mean wrt=s at=({{1, 2, 3, 4}, 3}),({{1, 2, 3, 4}, 1})
double mean(const Samples &s) {
  double sum = 0;
  for (int i = 0; i < s.count; ++i)
    sum += s.value[i] * s.value[i];
  return sum / s.count;
}

// CHECK-VALUES: exchanged wrt=p at=({{0, 1}, {2, 0.5}, {1.5, 2}}, 3)
void exchanged(Point *p, int n) {
  for (int i = 0; i + 1 < n; ++i)
    if (p[i].x < p[i + 1].x) {
      Point t = p[i];
      p[i] = p[i + 1];
      p[i + 1] = t;
      p[i].y *= t.x;
    }
}

// CHECK-VALUES: walked wrt=p at=({{0, 1}, {2, 0.5}, {1.5, 2}}, 3)
double walked(const Point *p, int n) {
  double s = 0;
  for (const Point *q = p; q != p + n; ++q)
    s += q->x * q->y;
  return s;
}

// CHECK-VALUES: local_structs wrt=x at=(rand(4, 1))
double local_structs(const double *x) {
  Point p[2] = {{x[0], x[1]}, {x[2], x[3]}};
  Point sum{};
  for (const Point &q : p) {
    sum.x += q.x * q.x;
    sum.y += q.y * sum.x;
  }
  return std::sqrt(sum.x * sum.x + sum.y * sum.y);
}

// Only members are used: the array is a local of its own.
// CHECK-VALUES: listed wrt=x at=(1, 2, 0.5),(2, 0, 3)
double listed(int n, int m, double x) {
  auto s = Samples{{x, 2 * x, x * x, 1}, 2};
  s.value[n] *= s.value[m];
  return s.value[n] * s.value[s.count];
}

// Empty braces for all of it.
// CHECK-VALUES: starts_as_zero wrt=x at=({0.5, 2}, 0),({0.5, 2}, 1)
double starts_as_zero(const double *x, int i) {
  Dimer d{};
  d.site[i].charge = x[0] * x[1];
  d.bond = d.site[0].charge * x[1];
  return d.bond * d.site[1].charge + d.site[0].charge;
}

struct Tag {};
struct Tagged {
  double x;
  Tag tag;
};

// A member without state is nothing to copy.
// CHECK-VALUES: tagged wrt=x at=(0.7, 2),(-2, 0)
double tagged(double x, int n) {
  Tagged t{x, {}}, s;
  s.x = 2;
  for (int i = 0; i < n; ++i) {
    Tagged u = t;
    t.x *= s.x;
    s = u;
  }
  return t.x * s.x;
}
