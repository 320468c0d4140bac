// RUN: adgen %s --emit ir-memory -- -std=c++17 | FileCheck %s
// Each declarator is a variable of its own, shadowed names included; constants
// with static storage are ordinary ones.
double f(double x) {
  // CHECK: ad.var <1, "a", "double">
  // CHECK: [[B:%.*]] = ad.var <2, "b", "double">
  // CHECK-NOT: ad.store {{.*}}, [[B]]
  // CHECK: [[C:%.*]] = ad.var <3, "c", "double">
  // CHECK: [[Z:%.*]] = ad.constant<0.000000e+00 : f64> : f64
  // CHECK: ad.store [[Z]], [[C]]
  double a = x, b, c{};
  static constexpr double third = 1.0 / 3;
  // CHECK: ad.var <4, "third", "double">
  {
    // CHECK: [[INNER:%.*]] = ad.var <5, "x", "double">
    // CHECK: ad.store {{.*}}, [[INNER]]
    double x = a * third;
    b = x;
  }
  // CHECK: ad.var <6, "x", "double">
  if (double x = b; x > 0)
    c = x;
  return c + x;
}
