// RUN: not adgen %s 2>&1 | FileCheck %s
// Jumps and the labels they go to are refused.
double f(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'goto' and labels are not supported [adgen-unsupported-goto]
again:
  x *= 2;
  if (x < 10)
    goto again;
  return x;
}
