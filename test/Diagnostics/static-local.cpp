// RUN: not adgen %s 2>&1 | FileCheck %s
// A static variable is refused, unless it is a constant.
double f(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: static variable 'sum' keeps state between calls [adgen-static-local]
  static double sum = 0;
  sum += x;
  return sum;
}
double g(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: static variable 'first' keeps state between calls [adgen-static-local]
  static const double first = x;
  return first;
}
