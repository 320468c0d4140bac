// RUN: not adgen %s --function f 2>&1 | FileCheck %s --check-prefix=BASE
// RUN: not adgen %s --function g 2>&1 | FileCheck %s --check-prefix=CALL
// RUN: not adgen %s --function h 2>&1 | FileCheck %s --check-prefix=CAST
// An object of a derived class is one where a function is called with it, in place of the call.
template <class T> struct Shape {
  // BASE: :[[@LINE+2]]:{{[0-9]+}}: error: nobody knows that this object of type 'Shape<Circle>' is one of type 'Circle' [adgen-unknown-derived-object]
  // CALL: :[[@LINE+1]]:{{[0-9]+}}: error: nobody knows that this object of type 'Shape<Circle>' is one of type 'Circle' [adgen-unknown-derived-object]
  double twice() const { return 2 * static_cast<const T &>(*this).area(); }
};
struct Circle : Shape<Circle> {
  double r;
  double area() const { return r * r; }
};
double f(const Shape<Circle> &s) { return s.twice(); }
template <class T> double product(const Shape<T> &s, int n) {
  return n > 0 ? s.twice() * product(s, n - 1) : 1;
}
double g(double x, int n) {
  Circle c;
  c.r = x;
  return product(c, n);
}
struct Base {
  double x;
};
struct Derived : Base {
  double y;
};
// CAST: :[[@LINE+1]]:{{[0-9]+}}: error: this reference (of type 'const Derived &') is not supported yet [adgen-unsupported-reference]
double h(const Base &b) { return static_cast<const Derived &>(b).y; }
