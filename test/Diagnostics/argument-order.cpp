// RUN: not adgen %s 2>&1 | FileCheck %s
// What a reference chose before a later argument changed it is refused.
#include <algorithm>
double f(double x, double y) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this argument is passed by reference, and a later argument may change it [adgen-argument-order]
  return std::max(x > y ? x : y, x += 1);
}
double g(double x, double y) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this argument is passed by reference, and a later argument may change it [adgen-argument-order]
  return std::max(std::max(x, y), y = 3);
}
