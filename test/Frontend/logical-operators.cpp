// RUN: adgen %s --emit ir-memory | FileCheck %s
// '&&' and '||' evaluate their right operand, side effects included, only where
// C++ does.
double f(double x, double y) {
  double z = 0;
  // CHECK: [[Z:%.*]] = ad.var <2, "z"
  // CHECK: [[AND:%.*]] = ad.if {{.*}} -> i1 {
  // CHECK: ad.store %arg1, [[Z]]
  // CHECK: ad.yield {{.*}} : i1
  // CHECK: } else {
  // CHECK-NEXT: [[NO:%.*]] = ad.constant<false> : i1
  // CHECK-NEXT: ad.yield [[NO]] : i1
  // CHECK-NEXT: } {expression}
  // CHECK: [[OR:%.*]] = ad.if [[AND]] -> i1 {
  // CHECK-NEXT: ad.constant<true> : i1
  // CHECK: } else {
  // CHECK: ad.not
  // CHECK: } {expression}
  // CHECK: ad.if [[OR]]
  if ((x > 0 && (z = y) > 1) || !(y < 0))
    z += x;
  return z;
}
