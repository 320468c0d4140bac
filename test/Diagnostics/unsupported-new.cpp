// RUN: not adgen %s 2>&1 | FileCheck %s
// Allocations are refused.
double f(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'new' is not supported [adgen-unsupported-new]
  new double(x);
  return x;
}
double g(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'delete' is not supported [adgen-unsupported-new]
  delete static_cast<double *>(nullptr);
  return x;
}
