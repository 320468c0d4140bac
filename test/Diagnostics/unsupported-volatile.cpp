// RUN: not adgen %s 2>&1 | FileCheck %s
// Volatile and atomic objects are refused.
double f(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'volatile' objects are not supported [adgen-unsupported-volatile]
  volatile double y = x;
  return y;
}
double g(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: '_Atomic' objects are not supported [adgen-unsupported-volatile]
  _Atomic double y = x;
  return y;
}
