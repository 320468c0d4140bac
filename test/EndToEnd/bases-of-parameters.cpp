// RUN: %check-values %s
// Members and methods of the bases of parameters.
#include "Inputs/types/bases.h"

// FIELDS: Weighted: x, w
// FIELDS: Scaled: n, c, s
// FIELDS: Outer: Inner::x, x
// FIELDS: Both: Left::x, p, Right::x, q, r
// FIELDS: Secret: x, y
// FIELDS: Circle: r

// CHECK-VALUES: method wrt=d at=({1.5, 2}),({-1, 0.5})
double method(const Weighted &d) { return d.squared() * d.w; }

// CHECK-VALUES: by_value wrt=d at=({1.5, 2}),({-1, 0.5})
double by_value(Weighted d) {
  d.x *= d.w;
  return d.squared() * d.w;
}

// CHECK-VALUES: written wrt=d at=({1.5, 2}),({-1, 0.5})
void written(Weighted &d) {
  d.x *= d.w;
  d.w = d.squared();
}

// CHECK-VALUES: returned wrt=d,x at=({1.5, 2}, 2),({-1, 0.5}, 3)
Weighted returned(const Weighted &d, double x) {
  Weighted r = d;
  r.x *= x;
  r.w += r.squared();
  return r;
}

// CHECK-VALUES: vectors wrt=v at=({2, {1, 2, 3}, 4})
double vectors(const Scaled &v) { return v.sum() * v.s + v.c[2]; }

// CHECK-VALUES: own_vectors wrt=v at=({2, {1, 2, 3}, 4})
double own_vectors(Scaled v) {
  v.c[0] *= v.s;
  Scaled u = v;
  u.c.push_back(v.s);
  return v.sum() * u.c[3] + v.c[2];
}

// The base may be another parameter.
// CHECK-VALUES: aliases wrt=d,b at=({1.5, 2}, {3}),({-1, 0.5}, {2})
double aliases(Weighted &d, Point &b) {
  b.x *= d.x;
  d.x += b.x;
  return d.squared() * b.squared();
}

// CHECK-VALUES: hidden wrt=d at=({1, 2}),({-1, 3})
double hidden(const Outer &d) { return d.x * d.x * d.Inner::x + d.get(); }

// CHECK-VALUES: hidden_by_value wrt=d at=({1, 2}),({-1, 3})
double hidden_by_value(Outer d) {
  d.x *= d.Inner::x;
  d.add(d.x);
  return d.get();
}

// CHECK-VALUES: twice wrt=t at=({1, 2, 3, 4, 5}),({-1, 3, 2, 1, 0})
double twice(Both &t) {
  t.Left::x *= t.Right::x;
  t.Right::add(t.p);
  return t.product() * t.q;
}

// CHECK-VALUES: twice_by_value wrt=t at=({1, 2, 3, 4, 5}),({-1, 3, 2, 1, 0})
double twice_by_value(Both t) {
  t.Left::x *= t.Right::x;
  t.Right::add(t.p);
  return t.product() * t.q;
}

// CHECK-VALUES: private_base wrt=p at=({1.5, 2})
double private_base(Secret &p) {
  double r = p.value();
  p.change(r);
  p.add(2 * r);
  return r;
}

// CHECK-VALUES: heir wrt=c at=({0.7}),({-1.2})
double heir(const Circle &c) { return c.twice() + c.scaled(c.r); }
