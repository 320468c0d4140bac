// RUN: not adgen %s 2>&1 | FileCheck %s
// References are refused, also to constants.
const double one = 1;
const double &reference = one;
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: references (here 'double &') are not supported yet [adgen-unsupported-reference]
double f(double x, double &y) { return x; }
double g(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: references (here 'double &') are not supported yet [adgen-unsupported-reference]
  double &y = x;
  return y;
}
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: references (here 'const double &') are not supported yet [adgen-unsupported-reference]
double h(double x) { return x * reference; }
