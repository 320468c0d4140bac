// RUN: not adgen %s 2>&1 | FileCheck %s
// Lambda expressions with captures are refused.
double f(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: lambda expressions with captures are not supported yet [adgen-unsupported-lambda]
  auto times = [x](double y) { return x * y; };
  return times(x);
}
