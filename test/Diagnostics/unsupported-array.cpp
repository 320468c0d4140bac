// RUN: not adgen %s 2>&1 | FileCheck %s
// Arrays are refused, of constants too.
const double table[] = {1, 2};
double f(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: arrays (here 'double[2]') are not supported yet [adgen-unsupported-array]
  double a[2] = {x, x};
  return a[1];
}
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: arrays (here 'const double[2]') are not supported yet [adgen-unsupported-array]
double g(double x) { return x * table[1]; }
