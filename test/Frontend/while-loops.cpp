// RUN: adgen %s --emit ir-memory | FileCheck %s
// A condition with side effects is evaluated in the head of each trip; a variable
// that it declares lives outside of the loop.
double f(double x, double y) {
  double d;
  // CHECK: [[D:%.*]] = ad.var <2, "d"
  // CHECK: ad.while "while" carry() : () -> () head {
  // CHECK: ad.store {{.*}}, [[D]]
  // CHECK: [[V:%.*]] = ad.load [[D]]
  // CHECK: [[GO:%.*]] = ad.cmp lt [[V]],
  // CHECK: ad.next [[GO]]
  while ((d = x * y) < 3)
    x += 1;
  // CHECK: [[E:%.*]] = ad.var <3, "e"
  // CHECK: ad.while "while" carry() : () -> () head {
  // CHECK: ad.store {{.*}}, [[E]]
  // CHECK: [[GO:%.*]] = ad.cast {{.*}} : f64 to i1
  // CHECK: ad.next [[GO]]
  while (double e = x - y)
    x -= e;
  return x + d;
}
