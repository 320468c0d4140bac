// RUN: adgen %s --emit ir-memory | FileCheck %s
// A division of integers is one, although its result becomes a real.
double f(double x, int n) {
  // CHECK: [[Q:%.*]] = ad.div {{.*}} : (!ad.int<"int", 32, true>, !ad.int<"int", 32, true>) -> !ad.int<"int", 32, true>
  // CHECK: [[R:%.*]] = ad.cast [[Q]] : !ad.int<"int", 32, true> to f64
  // CHECK: ad.mul [[R]], %arg0
  return 1 / n * x;
}
