// RUN: adgen %s --emit ir-memory | FileCheck %s
// A pair or tuple that is taken apart at once is its elements.
#include <tuple>
#include <utility>
// CHECK: func.func @"pair(double, double)"
// CHECK: %[[SUM:.*]] = ad.add
// CHECK: %[[B:.*]] = ad.load %[[PB:.*]] :
// CHECK-NEXT: ad.store %[[B]], %[[PA:.*]] :
// CHECK-NEXT: ad.store %[[SUM]], %[[PB]] :
double pair(double a, double b) {
  std::tie(a, b) = std::make_pair(b, a + b);
  return a * b;
}
// Of references, each is read when its turn comes.
// CHECK: func.func @"references(double, double)"
// CHECK: %[[B:.*]] = ad.load %[[PB:.*]] :
// CHECK-NEXT: ad.store %[[B]], %[[PA:.*]] :
// CHECK-NEXT: %[[A:.*]] = ad.load %[[PA]] :
// CHECK-NEXT: ad.store %[[A]], %[[PB]] :
double references(double a, double b) {
  std::tie(a, b) = std::tie(b, a);
  return a - 2 * b;
}
// CHECK: func.func @"converted(double)"
// CHECK: ad.cast %{{.*}} : f64 to f32
// CHECK: ad.cast %{{.*}} : f32 to f64
double converted(double x) {
  double y;
  std::tie(y, std::ignore) = std::tuple<float, int>(x, 2);
  return y;
}
// CHECK: func.func @"bindings(double)"
// CHECK: ad.var <1, "s", "double">
// CHECK: ad.var <2, "n", "int">
double bindings(double x) {
  auto [s, n] = std::make_pair(x * x, 3);
  s *= n;
  return s;
}
// CHECK: func.func @"bound(double, double)"
// CHECK-NOT: "s"
// CHECK: ad.store %{{.*}}, %[[PX:.*]] :
// CHECK: ad.load %[[PX]]
double bound(double x, double y) {
  auto [s, t] = std::tie(x, y);
  s *= t;
  return x;
}
