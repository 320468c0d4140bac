// RUN: not adgen %s 2>&1 | FileCheck %s
// Lambda expressions are refused.
double f(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: lambda expressions are not supported yet [adgen-unsupported-lambda]
  auto twice = [](double y) { return 2 * y; };
  return twice(x);
}
