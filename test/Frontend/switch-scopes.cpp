// RUN: adgen %s --emit ir-memory | FileCheck %s
// A variable declared in the body is there in every case; 'break' in a nested
// statement leaves the switch, 'continue' the trip of the loop around it.
enum class Kind { a, b };
double f(double x, Kind kind) {
  for (int i = 0; i < 3; ++i) {
    // CHECK: ad.switch %arg1 {{\[\[}}0 : i32], [1 : i32]] {{\[\[}}"Kind::a"], ["Kind::b"]] : !ad.int<"Kind", 32, true, true> {
    switch (kind) {
      double t;
    case Kind::a:
      // CHECK-NEXT: [[T:%.*]] = ad.var <3, "t"
      // CHECK: ad.store {{.*}}, [[T]]
      t = 2 * x;
      // CHECK: ad.if {{.*}} {
      // CHECK-NEXT: ad.break
      if (t > 1)
        break;
      x = t;
      // CHECK: ad.continue
      // CHECK-NEXT: }, {
      continue;
    case Kind::b:
      // CHECK-NEXT: ad.var <3, "t"
      x += 1;
    }
    // CHECK: }, {
    // CHECK-NEXT: ad.yield
    // CHECK-NEXT: }
    x *= 3;
  }
  return x;
}
