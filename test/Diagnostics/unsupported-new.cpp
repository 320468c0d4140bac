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
// What the pointer leads to would not outlive the derivative.
static double *make(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'new' is not supported [adgen-unsupported-new]
  double *a = new double[1];
  a[0] = x;
  return a;
}
double of_another_function(double x) { return make(x)[0]; }
// It is the caller's.
void deleted(double *x) {
  *x *= 2;
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'delete' is not supported [adgen-unsupported-new]
  delete[] x;
}
