// RUN: not adgen %s 2>&1 | FileCheck %s
// Exceptions are refused where they are thrown in an expression, or again, and where they are caught.
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
