// RUN: adgen %s --emit ir-memory -- -std=c++20 | FileCheck %s
// Each branch is a region; after an exit nothing follows, and every region still
// has its end.
double f(double x, int n) {
  // CHECK: ad.if {{.*}} {
  // CHECK: ad.return %arg0 : f64
  // CHECK-NEXT: } else {
  // CHECK-NEXT: ad.yield
  if (n == 0) [[unlikely]] {
    return x;
    n = 7;
  }
  // CHECK-NOT: 7
  // CHECK: ad.if {{.*}} {
  if (n > 2) {
    // CHECK: ad.return
    return 2 * x;
    // CHECK: } else {
    // CHECK: ad.if {{.*}} {
  } else if (int k = n * 2; k > 3) {
    // CHECK: ad.return
    return k * x;
    // CHECK: } else {
  } else {
    // CHECK: ad.return
    return -x;
  }
  // CHECK: ad.yield
  // CHECK: [[U:%.*]] = ad.undef : f64
  // CHECK-NEXT: ad.return [[U]] : f64
  return 99;
}
