// RUN: adgen %s --emit ir-memory | FileCheck %s
// A compound assignment computes in the type of the computation and then
// converts: a float times a double is a double.
float f(float x, double d, short n) {
  // CHECK: [[X:%.*]] = ad.load %{{.*}} : <f32>
  // CHECK: [[WIDE:%.*]] = ad.cast [[X]] : f32 to f64
  // CHECK: [[Y:%.*]] = ad.mul [[WIDE]], %arg1 : (f64, f64) -> f64
  // CHECK: [[NARROW:%.*]] = ad.cast [[Y]] : f64 to f32
  // CHECK: ad.store [[NARROW]]
  x *= d;
  // CHECK: ad.cast {{.*}} : !ad.int<"short", 16, true> to f64
  // CHECK: ad.mul {{.*}} -> f64
  // CHECK: ad.cast {{.*}} : f64 to !ad.int<"short", 16, true>
  n *= 1.5;
  // CHECK: ad.shl {{.*}} : !ad.int<"int", 32, true>, !ad.int<"int", 32, true>
  n <<= 2;
  return x + n;
}
