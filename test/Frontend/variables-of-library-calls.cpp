// RUN: adgen %s --emit ir-memory | FileCheck %s
// Library functions that change variables are their loads and stores.
#include <cmath>
#include <utility>
// CHECK: func.func @"f(double, double)"
double f(double x, double y) {
  // CHECK: [[A:%.*]] = ad.load [[X:%.*]] :
  // CHECK: [[B:%.*]] = ad.load [[Y:%.*]] :
  // CHECK: ad.store [[B]], [[X]]
  // CHECK: ad.store [[A]], [[Y]]
  std::swap(x, y);
  // CHECK: [[OLD:%.*]] = ad.load [[X]]
  // CHECK: ad.store {{.*}}, [[X]]
  // CHECK: ad.return [[OLD]]
  return std::exchange(x, 2 * std::move(y));
}
// CHECK: func.func @"g(double)"
double g(double x) {
  double whole;
  int exponent;
  // CHECK: ad.test "std::isinf"(%arg0)
  // CHECK: ad.fmod %arg0
  // CHECK: [[T:%.*]] = ad.trunc %arg0
  // CHECK: ad.store [[T]], {{.*}}
  double a = std::modf(x, &whole);
  // CHECK: ad.test "std::ilogb"(%arg0)
  // CHECK: [[M:%.*]] = ad.neg [[E:%.*]] : (!ad.int<
  // CHECK: ad.ldexp %arg0, [[M]]
  // CHECK: ad.store [[E]]
  return std::frexp(x, &exponent) + a + whole + exponent;
}
