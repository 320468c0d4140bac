// RUN: not adgen %s 2>&1 | FileCheck %s
// Inline assembly is refused.
double f(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: inline assembly is not supported [adgen-unsupported-asm]
  asm("nop");
  return x;
}
