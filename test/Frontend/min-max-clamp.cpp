// RUN: adgen %s --emit ir-memory -- -std=c++17 | FileCheck %s
// Of reals they are rows of the table; of integers, comparisons.
#include <algorithm>
#include <cstdlib>
double f(double x, double y, int n) {
  // CHECK: ad.max %arg0, %arg1
  // CHECK: ad.min %arg0, {{.*}} : (f64, f64) -> f64
  double a = std::max(x, y) + std::min(x, 1.0);
  // CHECK: ad.clamp %arg0,
  a += std::clamp(x, 0.0, 1.0);
  // CHECK: [[C:%.*]] = ad.cmp lt %arg2, [[THREE:%.*]] : !ad.int
  // CHECK: ad.select [[C]], [[THREE]], %arg2
  a += std::max(n, 3);
  // CHECK: [[N:%.*]] = ad.neg %arg2
  // CHECK: [[C:%.*]] = ad.cmp lt %arg2,
  // CHECK: ad.select [[C]], [[N]], %arg2
  return a + std::abs(n);
}
