// RUN: %check-values %s
// Structs by value: parameters and results.
#include "Inputs/types/points.h"
#include <cmath>

// CHECK-VALUES: between wrt=a,b at=({3, 4}, {0.5, 1})
Point between(const Point &a, const Point &b) {
  Point m;
  m.x = 0.5 * (a.x + b.x) * b.y;
  m.y = a.y * b.y;
  return m;
}

// CHECK-VALUES: smoothed wrt=s at=({{1, 2, 3, 4}, 4})
Samples smoothed(Samples s) {
  for (int i = 1; i < s.count; ++i)
    s.value[i] = 0.5 * (s.value[i] + s.value[i - 1]) * s.value[0];
  return s;
}

// CHECK-VALUES: length wrt=p at=({3, 4})
double length(Point p) { return std::sqrt(p.x * p.x + p.y * p.y); }

// The callee writes to the object of which it has a copy.
static void product_and_sum(Point v, Point &w) {
  w.x = v.x * v.y;
  w.y = v.x + v.y;
}
// CHECK-VALUES: of_itself wrt=a,b at=(3, 4)
double of_itself(double a, double b) {
  Point p{a, b};
  product_and_sum(p, p);
  return p.x * p.y;
}

static double tripled(Point v, double *q) {
  q[0] = 3 * v.y;
  return v.x * q[0];
}
// CHECK-VALUES: of_a_part wrt=p at=({{3, 4}, {0.5, 2}}, 0),({{3, 4}, {0.5, 2}}, 1)
double of_a_part(Point *p, int i) { return tripled(*p, &p[i].x) * p->x; }

// Its own copy is not read once what is stored there has names.
// CHECK-VALUES: set_anew wrt=a,b at=({{1, 2, 3, 4}, 5}, 3, 4)
double set_anew(Samples s, double a, double b) {
  s = Samples{{a, b, a * b, 1}, 2};
  s.value[3] = s.value[2] = a + b;
  return s.value[0] * s.value[3];
}
