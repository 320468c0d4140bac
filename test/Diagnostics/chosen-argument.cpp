// RUN: not adgen %s 2>&1 | FileCheck %s
// A call that may write a variable gets one that is known.
#include <algorithm>
static void add(double &a, const double &b) { a += b; }
double f(double x, double y) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: which variable this argument is depends on a condition, and the function may write it [adgen-chosen-argument]
  add(x > 0 ? x : y, y);
  return x;
}
double g(double x, double y) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: which variable this argument is depends on a condition, and the function may write it [adgen-chosen-argument]
  add(x, x > 0 ? x : y);
  return x;
}
double h(double x, double y) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: which variable this argument is depends on a condition, and the function may write it [adgen-chosen-argument]
  add(x, std::max(x, y));
  return x;
}
