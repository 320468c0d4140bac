// RUN: not adgen %s 2>&1 | FileCheck %s
// Only a variable, or one of two, can be assigned to.
double f(double x, double y, double z) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: assignment to this expression is not supported [adgen-unsupported-assignment]
  (x > 0 ? (y > 0 ? x : y) : z) = 3;
  return x + y;
}
