// RUN: %check-values %s
// Members of one name, a base twice, private bases, those without state, inherited constructors.
#include "Inputs/types/bases.h"

static double both(const Outer &d) { return d.x * d.Inner::x; }

// CHECK-VALUES: hidden wrt=x,z at=(0.7,0.3),(-1.2,2)
double hidden(double x, double z) {
  Outer d{{x}, z};
  d.add(z * z);
  d.x *= 2;
  d.Inner::x += x;
  Inner b = d;
  return d.get() * d.Inner::get() + b.x;
}

// CHECK-VALUES: elements wrt=x,z at=(0.7,0.3),(-1.2,2)
double elements(double x, double z) {
  std::vector<Outer> v(2);
  v[0].x = x;
  v[0].Inner::x = z;
  v[1] = v[0];
  v[1].add(x);
  double s = 0;
  for (auto &d : v)
    s += both(d) + d.get();
  return s;
}

// CHECK-VALUES: twice wrt=x,z at=(0.7,0.3),(-1.2,2)
double twice(double x, double z) {
  Both t{};
  t.Left::x = x;
  t.Right::x = z;
  t.r = x + z;
  t.Left::add(z);
  Right &c = t;
  c.add(x * x);
  Both u = t;
  static_cast<Inner &>(static_cast<Right &>(u)).x *= 3;
  return t.product() * u.product() + u.Left::get();
}

// CHECK-VALUES: twice_in_vectors wrt=x,z at=(0.7,0.3),(-1.2,2)
double twice_in_vectors(double x, double z) {
  std::vector<Both> v(1);
  v[0].Left::x = x;
  v[0].Right::x = z;
  v[0].r = x + z;
  v.push_back(v[0]);
  v[1].Left::add(z);
  return v[0].product() * v[1].product();
}

// CHECK-VALUES: private_base wrt=x,z at=(0.7,0.3),(-1.2,2)
double private_base(double x, double z) {
  Secret p(x, z);
  Secret q = p;
  q.change(x);
  q.add(z);
  p = q;
  return p.value() * q.value();
}

// CHECK-VALUES: stateless wrt=x,z at=(0.7,0.3),(-1.2,2)
double stateless(double x, double z) {
  Ruled n{{}, x};
  Ruled k{};
  k.x = n.squared() * z;
  return k.squared() + n.square(z);
}

// CHECK-VALUES: inherited wrt=x,z at=(0.7,0.3),(-1.2,2)
double inherited(double x, double z) {
  Opened i;
  i.x = x;
  MadeAlike k(x, z);
  MadeAgain l(z);
  l.e *= k.scaled();
  return i.x * i.y + k.scaled() * l.e + l.b;
}
