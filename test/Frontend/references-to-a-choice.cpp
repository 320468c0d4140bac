// RUN: adgen %s --emit ir-memory | FileCheck %s
// A reference to what std::max chooses is a value if neither argument ever changes, and one of two
// places otherwise.
#include <algorithm>
// CHECK: func.func @"kept(double, double)"
// CHECK: %[[Y:.*]] = ad.max %arg0, %arg1
// CHECK: %[[M:.*]] = ad.var <2, "m", "double">
// CHECK: ad.store %[[Y]], %[[M]]
double kept(double a, double b) {
  const double &m = std::max(a, b);
  return m * m;
}
// CHECK: func.func @"changed(double, double)"
// CHECK: %[[A:.*]] = ad.load %[[PA:.*]] :
// CHECK: %[[C:.*]] = ad.cmp lt %[[A]], %arg1
// CHECK: ad.store %{{.*}}, %[[PA]]
// CHECK: ad.if %[[C]] -> f64 {
// CHECK: ad.yield %arg1
// CHECK: ad.load %[[PA]]
double changed(double a, double b) {
  const double &m = std::max(a, b);
  a *= 2;
  return m * m;
}
