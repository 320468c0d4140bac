// RUN: adgen %s --emit ir-memory -- -std=c++17 | FileCheck %s
// Each case repeats what it falls into; labels of one statement share a region,
// the default's is the last.
double f(double x, int n) {
  // CHECK: [[R:%.*]] = ad.var <2, "r"
  double r = 0;
  // CHECK: ad.switch %arg1 {{\[\[}}0 : i32], [1 : i32, 2 : i32], [4 : i32]] {{\[\[}}"0"], ["1", "0x2"], ["4"]]
  switch (n) {
  case 0:
    r = x;
    [[fallthrough]];
  case 1:
  case 0x2:
    r += 3;
    break;
  default:
    r = 7;
    [[fallthrough]];
  case 4:
    return r;
  }
  // CHECK-NEXT: ad.store %arg0, [[R]]
  // CHECK: ad.add
  // CHECK: ad.yield
  // CHECK-NEXT: }, {
  // CHECK-NOT: %arg0
  // CHECK: ad.add
  // CHECK: ad.yield
  // CHECK-NEXT: }, {
  // CHECK-NEXT: ad.load [[R]]
  // CHECK-NEXT: ad.return
  // CHECK-NEXT: }, {
  // CHECK-NEXT: [[SEVEN:%.*]] = ad.constant<7
  // CHECK: ad.return
  // CHECK-NEXT: }
  return r - x;
}
