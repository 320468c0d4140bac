// RUN: not adgen %s --function f 2>&1 | FileCheck %s
// A handle by value that changes is copied member by member, which one with a virtual base cannot be.
struct Base {
  double *data;
  int n;
  Base(int n) : data(nullptr), n(n) {}
};
struct Derived : virtual Base {
  int w;
  Derived() : Base(1), w(0) {}
};
static double first(Derived &d) {
  d.w = 1;
  return d.w * 0.5;
}
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: objects of type 'Derived' are not supported here [adgen-unsupported-class]
double f(Derived d, double p) { return first(d) * p; }
