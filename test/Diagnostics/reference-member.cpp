// RUN: not adgen %s --function temporary,constant,elements,moved 2>&1 | FileCheck %s
// A member that is a reference is bound to what has a place, in objects that are their members alone.
#include <vector>
struct P {
  double k;
};
struct A {
  const P &p;
  double m() const { return p.k * p.k; }
};
struct C {
  const double &k;
};
double temporary(double x) {
  // CHECK: :[[@LINE+1]]:7: error: member 'p' is a reference that is bound to a temporary [adgen-reference-member]
  A a{P{x}};
  return a.m();
}
const double three = 3;
double constant(double x) {
  // CHECK: :[[@LINE+1]]:7: error: member 'k' is a reference that is bound to what is known by its value alone [adgen-reference-member]
  C c{three};
  return c.k * x;
}
double elements(double x) {
  P p{x};
  std::vector<A> v;
  // CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: {{.*}} [adgen-nonzero-elements]
  v.push_back(A{p});
  return v[0].m();
}
struct R {
  P &&p;
};
double moved(double x) {
  P p{x};
  // CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: objects of type 'R' are not supported here [adgen-unsupported-class]
  R r{static_cast<P &&>(p)};
  return r.p.k;
}
