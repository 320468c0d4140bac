// RUN: adgen %s --emit ir-memory | FileCheck %s
// '?:' is an 'if' that yields a value, also between variables; without a value it
// is a statement.
double f(double x, double y, bool c) {
  // CHECK: [[V:%.*]] = ad.if %arg2 -> f64 {
  // CHECK: ad.mul
  // CHECK: ad.yield {{.*}} : f64
  // CHECK: } else {
  // CHECK: ad.yield %arg1 : f64
  // CHECK: } {expression}
  // CHECK: ad.store [[V]]
  double z = c ? 2 * x : y;
  // CHECK: ad.if %arg2 -> f64 {
  // CHECK: ad.yield %arg0
  z += c ? x : y;
  // CHECK: ad.if %arg2 {
  // CHECK: ad.store
  // CHECK-NEXT: ad.yield{{$}}
  // CHECK: ad.yield{{$}}
  // CHECK-NOT: expression
  c ? void(z = 1) : void(0);
  return z;
}
