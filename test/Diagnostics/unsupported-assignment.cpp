// RUN: not adgen %s 2>&1 | FileCheck %s
// Only a variable can be assigned to.
double f(double x, double y) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: assignment to this expression is not supported [adgen-unsupported-assignment]
  (x > 0 ? x : y) = 3;
  return x + y;
}
