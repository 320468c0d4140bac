// RUN: not adgen %s 2>&1 | FileCheck %s
// What a pointer leads to that was never set is not known.
double f(double x, int n) {
  double *p;
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: the pointer has no value here [adgen-unset-pointer]
  return x * p[n];
}
