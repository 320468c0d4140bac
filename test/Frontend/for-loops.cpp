// RUN: adgen %s --emit ir-memory | FileCheck %s
// Of a 'for', the condition is the head, the increment the step, which 'continue'
// goes to; an absent condition is true.
double f(double x, int n) {
  // CHECK: [[I:%.*]] = ad.var <2, "i"
  // CHECK: [[J:%.*]] = ad.var <3, "j"
  // CHECK: ad.while "for" carry() : () -> () head {
  // CHECK: [[GO:%.*]] = ad.cmp lt
  // CHECK: ad.next [[GO]]
  // CHECK: } body {
  // CHECK: ad.if {{.*}} {
  // CHECK: ad.continue
  // CHECK: [[TRUE:%.*]] = ad.constant<true> : i1
  // CHECK: ad.next [[TRUE]]
  // CHECK: } step {
  // CHECK: ad.store {{.*}}, [[I]]
  // CHECK: ad.store {{.*}}, [[J]]
  // CHECK: ad.next
  for (int i = 0, j = n; i < j; ++i, j -= 2) {
    if (i == 3)
      continue;
    x += i;
  }
  // CHECK: ad.while "for" carry() : () -> () head {
  // CHECK-NEXT: [[TRUE:%.*]] = ad.constant<true> : i1
  // CHECK-NEXT: ad.next [[TRUE]]
  // CHECK: ad.break
  // CHECK: } step {
  // CHECK-NEXT: ad.constant<true> : i1
  for (;;) {
    x *= 0.5;
    if (x < 1)
      break;
  }
  return x;
}
