// RUN: not adgen %s --function f 2>&1 | FileCheck %s
// A variable outside of the function that can change is refused, read or written.
// RUN: not adgen %s --function g 2>&1 | FileCheck %s --check-prefix=WRITTEN
// RUN: not adgen %s --function h 2>&1 | FileCheck %s --check-prefix=PASSED
double scale = 2;
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: variable 'scale' outside of the function can change [adgen-mutable-global]
double f(double x) { return scale * x; }
// CHECK: :[[@LINE-3]]:{{[0-9]+}}: note: declared here
double g(double x) {
// WRITTEN: :[[@LINE+1]]:{{[0-9]+}}: error: variable 'scale' outside of the function can change [adgen-mutable-global]
  scale = x;
  return x;
}
// Not passed by reference to const either: the callee might read it after a change.
void tick(int);
double scaled(const double &factor, double x) {
  tick(1);
  return factor * x;
}
// PASSED: :[[@LINE+1]]:{{[0-9]+}}: error: variable 'scale' outside of the function can change [adgen-mutable-global]
double h(double x) { return scaled(scale, x); }
