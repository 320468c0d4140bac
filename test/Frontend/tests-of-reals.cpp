// RUN: adgen %s --emit ir-memory | FileCheck %s
// Functions of reals whose result is a bool or an integer carry no derivative.
#include <cmath>
double f(double x, float y) {
  // CHECK: ad.test "std::isnan"(%arg0) : (f64) -> i1
  if (std::isnan(x))
    return 0;
  // CHECK: [[T:%.*]] = ad.test "std::isinf"(%arg1) : (f32) -> i1
  // CHECK: ad.cast [[T]] : i1 to !ad.int<"int", 32, true>
  int n = __builtin_isinf(y);
  // CHECK: [[W:%.*]] = ad.cast %arg1 : f32 to f64
  // CHECK: ad.test "std::isless"(%arg0, [[W]]) : (f64, f64) -> i1
  n += std::isless(x, y);
  // CHECK: ad.test "std::lround"(%arg0) : (f64) -> !ad.int<"long", 64, true>
  return x * n + std::lround(x);
}
