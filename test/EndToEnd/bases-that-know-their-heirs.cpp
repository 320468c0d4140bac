// RUN: %check-values %s
// Bases that are told what is derived from them, and use it.
#include "Inputs/types/bases.h"

template <class T> double wave(const Shape<T> &s) { return std::sin(s.self().area()); }

// CHECK-VALUES: areas wrt=x,z at=(0.7,0.3),(-1.2,2),(0,1)
double areas(double x, double z) {
  Circle c(x);
  c.grow(z);
  Square q;
  q.r = c.area();
  q.grow(x);
  return c.twice() * c.scaled(z) + wave(c) * wave(q) + q.twice();
}

template <class E> double total(const Terms<E> &e) {
  double s = 0;
  for (int i = 0; i < 3; ++i)
    s += e.at(i) * e.at(0);
  return s;
}

// CHECK-VALUES: terms wrt=x,z at=(0.7,0.3),(-1.2,2),(0,1)
double terms(double x, double z) {
  Triple v(x, z, x * z);
  Triple w(v);
  w.d[1] *= x;
  return total(v) * total(w);
}

// CHECK-VALUES: sums wrt=x,z at=(0.7,0.3),(-1.2,2),(0,1)
double sums(double x, double z) {
  Triple v(x, z, x * z), w(z, x, 1);
  Triple s = v + w + v;
  w.d[0] *= s.d[1];
  return total(s) + total(v + w);
}

// CHECK-VALUES: counted wrt=x,z at=(0.7,0.3),(-1.2,2),(0,1)
double counted(double x, double z) {
  Item i;
  i.q = x;
  i.n = 3;
  Item j = i;
  j.q *= z;
  return i.value() * j.value();
}
