// RUN: not adgen %s 2>&1 | FileCheck %s
// A call whose function is not known is refused.
double g(double x) { return x; }
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: calls through pointers are not supported [adgen-unsupported-indirect-call]
double f(double x) { return (x > 0 ? g : g)(x); }
