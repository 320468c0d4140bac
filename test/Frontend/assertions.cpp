// RUN: adgen %s --emit ir-memory | FileCheck %s
// An assertion without side effects is left out.
#include <cassert>
#include <cmath>
double f(double x) {
  // CHECK: func.func
  // CHECK-NEXT: [[R:%.*]] = ad.sqrt %arg0
  // CHECK-NEXT: ad.return [[R]]
  assert(x > 0 && std::isfinite(x));
  return std::sqrt(x);
}
