// RUN: not adgen %s 2>&1 | FileCheck %s
// Numbers other than the standard ones are refused.
double f(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: type '__int128' is not supported [adgen-unsupported-type]
  __int128 n = 3;
  return x * n;
}
double g(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: type '_Float16' is not supported [adgen-unsupported-type]
  _Float16 y = x;
  return y;
}
double h(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: type '_Complex double' is not supported [adgen-unsupported-type]
  _Complex double z = x;
  return x;
}
double k(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: type '__float128' is not supported [adgen-unsupported-type]
  __float128 y = x;
  return y;
}
