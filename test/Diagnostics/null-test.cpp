// RUN: not adgen %s --function f 2>&1 | FileCheck %s
// Whether the one of two parameters that a condition chooses is null is not tested.
double f(double x, float *a, float *b) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: whether a parameter is null is not known [adgen-null-test]
  if ((x > 0 ? a : b) != nullptr)
    return x;
  return 2 * x;
}
