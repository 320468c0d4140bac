// RUN: not adgen %s 2>&1 | FileCheck %s
// Exceptions are refused, thrown as a statement or in an expression, and caught.
double f(double x) {
  if (x < 0)
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: exceptions ('throw') are not supported [adgen-unsupported-exception]
    throw 1;
  return x;
}
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: exceptions ('throw') are not supported [adgen-unsupported-exception]
double g(double x) { return x > 0 ? x : throw 2; }
double h(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: exceptions ('try') are not supported [adgen-unsupported-exception]
  try {
    x *= 2;
  } catch (...) {
  }
  return x;
}
