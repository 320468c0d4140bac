// RUN: not adgen %s --function f 2>&1 | FileCheck %s
// Whether a parameter of the function that was asked for is null, nobody knows.
double f(double x, double *out) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: whether a parameter is null is not known [adgen-null-test]
  if (out)
    *out = x;
  return x;
}
