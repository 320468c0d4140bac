// RUN: adgen %s --emit ir-memory | FileCheck %s
// A pair or tuple that is taken apart at once is its elements; another is an object.
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
// Its elements are members, whose names are their positions.
// CHECK: func.func @"made(double)"
// CHECK: %[[R:.*]] = ad.var <{{.*}}, "result", "std::tuple<double, int>", true>
// CHECK: ad.member %[[R]] "0"
// CHECK: ad.store
// CHECK: ad.member %[[R]] "1"
// CHECK: ad.store
// CHECK: ad.return %[[R]]
static std::tuple<double, int> made(double x) { return {x, 2}; }
// CHECK: func.func @"object(double)"
// CHECK: %[[T:.*]] = ad.call @"made(double)"(%arg0) {{.*}} -> !ad.place<!ad.object<"std::tuple<double, int>", true>>
// CHECK: ad.member %[[T]] "1" : {{.*}} -> <!ad.int<"int", 32, true>>
// CHECK: %[[P:.*]] = ad.member %[[T]] "0" : {{.*}} -> <f64>
// CHECK: ad.store %{{.*}}, %[[P]]
double object(double x) {
  auto t = made(x);
  std::get<0>(t) *= std::get<int>(t);
  return std::get<double>(t);
}
// Another tuple is converted element by element, and a pair has members with names.
// CHECK: func.func @"assigned(double, std::pair<double, double> &)"
// CHECK: %[[M:.*]] = ad.var <{{.*}}, "temporary", "std::pair<int, double>", true>
// CHECK: %[[F:.*]] = ad.member %[[M]] "first"
// CHECK: %[[N:.*]] = ad.member %arg1 "first"
// CHECK: ad.cast %{{.*}} : !ad.int<"int", 32, true> to f64
// CHECK: ad.store %{{.*}}, %[[N]]
void assigned(double x, std::pair<double, double> &p) { p = std::make_pair(3, x); }
