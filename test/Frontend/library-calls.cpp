// RUN: adgen %s --emit ir-memory | FileCheck %s
// A function of the table is known in all its spellings; its arguments have the
// real type that the overload computes in.
#include <cmath>
#include <math.h>
float f(float x, double d, long double l) {
  // CHECK: ad.sin %arg0 : (f32) -> f32
  float a = std::sin(x);
  // CHECK: ad.sin %arg1 : (f64) -> f64
  a += ::sin(d);
  // CHECK: ad.sin {{.*}} : (f32) -> f32
  a += sinf(d);
  // CHECK: ad.sin %arg2 : (f80) -> f80
  a += sinl(l);
  // CHECK: ad.sin %arg1 : (f64) -> f64
  a += __builtin_sin(d);
  // CHECK: [[W:%.*]] = ad.cast %arg0 : f32 to f64
  // CHECK: ad.pow [[W]], {{.*}} : (f64, f64) -> f64
  a += std::pow(x, 2);
  // CHECK: ad.pow %arg0, {{.*}} : (f32, f32) -> f32
  a += std::pow(x, 2.0f);
  // CHECK: ad.ldexp %arg1, {{.*}} : (f64, !ad.int<"int", 32, true>) -> f64
  a += std::ldexp(d, 3);
  // CHECK: ad.sqrt {{.*}} : (f64) -> f64
  return a + std::sqrt(2);
}
