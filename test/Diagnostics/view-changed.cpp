// RUN: not adgen %s --function f -- -std=c++20 2>&1 | FileCheck %s
// A span that is assigned to is refused.
#include <span>
double f(std::span<const double> x, std::span<const double> y) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: span 's' must be initialized and never be assigned to [adgen-view-changed]
  std::span<const double> s = x;
  if (s[0] > 0)
    s = y;
  return s[0];
}
