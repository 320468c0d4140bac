// RUN: not adgen %s --function whole 2>&1 | FileCheck %s --check-prefix=WHOLE
// RUN: not adgen %s --function found 2>&1 | FileCheck %s --check-prefix=FOUND
// An object that a function that calls itself gets stays one; private references have no place in the output.
struct P {
  double k;
};
struct A {
  const P &p;
  double m() const { return p.k * p.k; }
};
static double sum(const A &a, int n) { return n > 0 ? a.m() * sum(a, n - 1) : a.m(); }
double whole(double x, int n) {
  P p{x};
  // WHOLE: :[[@LINE+1]]:{{[0-9]+}}: error: member 'p' is a reference of an object that is handed on as a whole [adgen-reference-member]
  A a{p};
  return sum(a, n);
}
class Secret {
  double &d;

public:
  Secret(double &d) : d(d) {}
  // FOUND: :[[@LINE+1]]:{{[0-9]+}}: error: member 'd' is a reference and private, which C++ has no way to find [adgen-reference-member]
  double value() const { return d * d; }
};
double found(const Secret &s) { return s.value(); }
