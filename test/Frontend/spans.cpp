// RUN: adgen %s --emit ir-memory -- -std=c++20 | FileCheck %s
// A span is a view of what another object owns: an access that gives an object.
#include <span>
#include <vector>
static double first(std::span<const double> s) { return s[0]; }
// CHECK: func.func @"f(std::span<const double>, std::span<double>, int)"(
// CHECK-SAME: %arg0: !ad.place<!ad.object<"std::span<const double>", true>> {ad.in_memory, ad.local = #ad.local<0, "x", "std::span<const double>">, ad.pass = "view", ad.shapes = ["{0}.size()"], ad.type = "std::span<const double>", ad.view}
// CHECK-SAME: %arg1: !ad.place<!ad.object<"std::span<double>", true>> {ad.in_memory, ad.local = #ad.local<1, "y", "std::span<double>">, ad.out = -1 : i64, ad.pass = "view", ad.shapes = ["{0}.size()"], ad.type = "std::span<double>", ad.view}
double f(std::span<const double> x, std::span<double> y, int n) {
  // CHECK: [[S:%.*]] = ad.access "{0}.subspan({1}, {2})"(%arg0, {{.*}}, %arg2) : {{.*}} -> !ad.place<!ad.object<"std::span<const double>", true>>
  // CHECK: [[T:%.*]] = ad.let [[S]] <3, "t", "std::span<const double>">
  auto t = x.subspan(1, n);
  // CHECK: ad.access "{0}[{1}]"([[T]],
  // CHECK: ad.access "{0}[{1}]"(%arg1,
  y[0] = t[2];
  // CHECK: [[C:%.*]] = ad.access "std::span<const double>({0})"(%arg1)
  // CHECK: ad.call @"first(std::span<const double>)"([[C]])
  return first(y) + x.size();
}
// CHECK: func.func @"g(const std::vector<double> &, const double *)"
double g(const std::vector<double> &v, const double *p) {
  // CHECK: ad.access "std::span<const double>({0})"(%arg0)
  // CHECK: ad.access "std::span<const double>({0}, {1})"(%arg1, {{.*}}) {of_pointer, writable = "std::span<double>({0}, {1})"}
  return first(v) + first({p, 2});
}
