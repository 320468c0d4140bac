// RUN: %check-values %s
// Classes with private members that grow, are swapped, passed by value and
// captured.
#include "Inputs/types/guarded.h"
#include <cmath>

// FIELDS: Vec: d_, n_
// FIELDS: Poly: c_, scale
// CHECK-VALUES: grow wrt=v,a at=(Vec({1, 2, 3}), 0.5)
double grow(Vec &v, double a) {
  v.push(a * v[0]);
  v[1] *= a;
  Vec w = v;
  w[0] = 7 * a;
  swap(v, w);
  return v.sum() * w.sum() + v.size();
}
// CHECK-VALUES: byval wrt=v,a at=(Vec({1, 2, 3}), 0.5)
double byval(Vec v, double a) {
  v[2] *= a;
  v.push(a);
  return v.sum() * v[2];
}
// CHECK-VALUES: eval wrt=p,x at=(Poly({1, 2, 3}, 2), 0.5)
double eval(const Poly &p, double x) {
  auto at = [&p, x](double y) { return p(x) * y; };
  return at(p.scale) + p.derivative()(x);
}
