// RUN: not adgen %s 2>&1 | FileCheck %s
// A variable outside of the function that can change is refused, read or written.
double scale = 2;
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: variable 'scale' outside of the function can change [adgen-mutable-global]
double f(double x) { return scale * x; }
double g(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: variable 'scale' outside of the function can change [adgen-mutable-global]
  scale = x;
  return x;
}
// CHECK: note: declared here
// Not passed by reference to const either: the callee might read it after a change.
void tick(int);
double scaled(const double &factor, double x) {
  tick(1);
  return factor * x;
}
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: variable 'scale' outside of the function can change [adgen-mutable-global]
double h(double x) { return scaled(scale, x); }
