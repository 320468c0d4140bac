// RUN: adgen %s --emit ir-memory | FileCheck %s
// The condition of a 'do' is its step, which 'continue' goes to.
double f(double x, int n) {
  // CHECK: ad.while "do" carry() : () -> () head {
  // CHECK-NEXT: [[TRUE:%.*]] = ad.constant<true> : i1
  // CHECK-NEXT: ad.next [[TRUE]]
  // CHECK: } body {
  // CHECK: ad.continue
  // CHECK: } step {
  // CHECK: [[GO:%.*]] = ad.cmp gt
  // CHECK-NEXT: ad.next [[GO]]
  do {
    if (n == 2)
      continue;
    x *= 2;
  } while (--n > 0);
  return x;
}
