// RUN: adgen %s --emit ir-memory | FileCheck %s
// The prefix form is the variable, the postfix form its old value; narrow
// integers are promoted.
double f(double x, unsigned char c) {
  // CHECK: [[OLD:%.*]] = ad.load [[X:%.*]] : <f64>
  // CHECK: ad.store {{.*}}, [[X]]
  // CHECK: [[NEW:%.*]] = ad.load [[X]]
  // CHECK: ad.mul [[NEW]],
  double a = ++x * 2;
  // CHECK: [[BEFORE:%.*]] = ad.load [[X]]
  // CHECK: ad.sub [[BEFORE]]
  // CHECK: ad.store
  // CHECK: ad.mul [[BEFORE]],
  double b = x-- * 2;
  // CHECK: ad.cast {{.*}} : !ad.int<"unsigned char", 8, false> to !ad.int<"int", 32, true>
  // CHECK: ad.add
  // CHECK: ad.cast {{.*}} : !ad.int<"int", 32, true> to !ad.int<"unsigned char", 8, false>
  ++c;
  return a * b + c;
}
