// RUN: %check-values %s
// Classes with constructors, methods and operators, as arguments and in between.
#include "Inputs/types/body3.h"

// FIELDS: Vector3: x, y, z
// FIELDS: Body3: at, speed, mass, kind

// CHECK-VALUES: spun wrt=x at=({0.5, -1, 2}, 3),({0, 1, 0.5}, 2),({1, 2, 3}, 0)
double spun(const double *x, int n) {
  Vector3 p(x[0], x[1], x[2]), v(1, 2, x[0]);
  for (int i = 0; i < n; ++i) {
    p += 0.1 * v;
    v = cross(p, v) + 0.5 * p;
  }
  return (p + v).norm();
}

// CHECK-VALUES: kinetic wrt=b at=({{Vector3(1, 2, 3), Vector3(0.5, 1, -1), 2, 1}, {Vector3(0, 1, 0.5), Vector3(1, 1, 1), 3, 0}}, 2)
double kinetic(const Body3 *b, int n) {
  double e = 0;
  for (int i = 0; i < n; ++i)
    if (b[i].kind)
      e += b[i].mass * (b[i].at + 0.5 * b[i].speed).norm();
  return e;
}

// CHECK-VALUES: drifted wrt=b,h at=({{Vector3(1, 2, 3), Vector3(0.5, 1, -1), 2, 1}, {Vector3(0, 1, 0.5), Vector3(1, 1, 1), 3, 0}}, 2, 0.125)
void drifted(Body3 *b, int n, double h) {
  for (int i = 0; i < n; ++i) {
    Body3 &c = b[i];
    c.at += h * c.speed;
    c.speed = cross(c.at, c.speed);
  }
}

// CHECK-VALUES: chained wrt=a,s at=(Vector3(1, 2, 3), 0.5)
double chained(const Vector3 &a, double s) {
  Vector3 b = a;
  (b += s * a).scale(s).scale(2);
  return b.norm();
}

// CHECK-VALUES: component wrt=a at=(Vector3(1, 2, 3), 1),(Vector3(1, 2, 3), 0)
double component(const Vector3 &a, int i) {
  Vector3 b = a;
  b[i] *= b[2];
  return b[i] * b[1];
}

// CHECK-VALUES: ordinary wrt=a,b at=(2, 3)
double ordinary(double a, double b) {
  const Range r = a < b ? Range(a, b) : Range(b, a);
  return Range(r).width() * r.clamped(2.5 * a) + Range().width();
}

// CHECK-VALUES: exchanged wrt=x at=(2, 1),(2, 0)
double exchanged(double x, int i) {
  Vector3 p(x, 2 * x, 1), q(x * x, x, 3);
  if (i > 0)
    std::swap(p, q);
  return p.x * p.y * q.z + q.y;
}
