// RUN: not adgen %s 2>&1 | FileCheck %s
// Statement expressions are refused.
double f(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: statement expressions are not supported [adgen-unsupported-statement-expression]
  return ({ double y = x; y * y; });
}
