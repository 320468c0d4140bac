// RUN: not adgen %s --function f --wrt x 2>&1 | FileCheck %s
// A function that calls itself on memory of its caller would need a tape of each call.
static void halve(double *x, int n) {
  if (n < 2)
    return;
  x[0] *= x[1];
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this function calls itself and works on memory of its caller; its derivative is not known [adgen-recursive-memory]
  halve(x + 1, n - 1);
}
double f(double *x, int n) {
  halve(x, n);
  return x[0];
}
