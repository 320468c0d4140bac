// RUN: adgen %s --emit ir-memory -- -Wno-unsequenced | FileCheck %s
// Operands are evaluated in Clang's order: of '+' the left one first, of an
// argument by reference nothing until the call.
#include <algorithm>
double f(double x, double y) {
  // CHECK: [[BEFORE:%.*]] = ad.load [[X:%.*]] : <f64>
  // CHECK: ad.store %arg1, [[X]]
  // CHECK: [[AFTER:%.*]] = ad.load [[X]]
  // CHECK: ad.add [[BEFORE]], [[AFTER]]
  double a = x + (x = y);
  // CHECK: ad.store {{.*}}, [[X]]
  // CHECK: [[L:%.*]] = ad.load [[X]]
  // CHECK: [[R:%.*]] = ad.load [[X]]
  // CHECK: ad.max [[L]], [[R]]
  return a + std::max(x, ++x);
}
