// RUN: adgen %s --emit ir-memory | FileCheck %s
// What a container owns is reached by an access, what it says of itself is a query.
#include <array>
#include <vector>
// CHECK: func.func @"elements(std::vector<double> &, int)"(
// CHECK-SAME: %arg0: !ad.place<!ad.object<"std::vector<double>", true>> {ad.container = {element = f64}, ad.in_memory, ad.local = #ad.local<0, "v", "std::vector<double>">, ad.out = -1 : i64, ad.pass = "reference", ad.shapes = ["{0}.size()"], ad.type = "std::vector<double> &"}
double elements(std::vector<double> &v, int i) {
  // CHECK: [[A:%.*]] = ad.access "{0}[{1}]"(%arg0, %arg1) : {{.*}} -> !ad.place<f64>
  // CHECK: ad.load [[A]]
  // CHECK: ad.access "{0}.at({1})"(%arg0, %arg1)
  // CHECK: ad.query "{0}.size()"(%arg0) : {{.*}} -> !ad.int<"unsigned long", 64, false>
  double s = v[i] + v.at(i) * v.size();
  // CHECK: [[L:%.*]] = ad.query "{0}.size() - 1"(%arg0)
  // CHECK: [[B:%.*]] = ad.access "{0}[{1}]"(%arg0, [[L]])
  // CHECK: ad.store {{.*}}, [[B]]
  v.back() = s;
  // CHECK: [[D:%.*]] = ad.access "{0}.data()"(%arg0) {pointer} : {{.*}} -> !ad.place<f64>
  // CHECK: ad.let [[D]] <3, "p", "double *">
  double *p = v.data();
  return v.empty() ? p[1] : v.front();
}
using Matrix = std::vector<std::vector<double>>;
// CHECK: func.func @"rows(const std::vector<std::vector<double>> &, const std::array<int, 2> &)"
// CHECK-SAME: ad.local = #ad.local<0, "m", "Matrix">
// CHECK-SAME: ad.type = "const Matrix &"
double rows(const Matrix &m, const std::array<int, 2> &index) {
  // CHECK: ad.access "{0}[{1}]"(%arg1, {{.*}}) : {{.*}} -> !ad.place<!ad.int<"int", 32, true>>
  // CHECK: [[I:%.*]] = ad.load
  // CHECK: [[R:%.*]] = ad.access "{0}[{1}]"(%arg0, [[I]]) : {{.*}} -> !ad.place<!ad.object<"std::vector<double>", true>>
  // CHECK: ad.let [[R]] <2, "row", "const std::vector<double> &">
  const auto &row = m[index[0]];
  double s = 0;
  // CHECK: ad.var <[[#]], "i", "std::size_t", true>
  // CHECK: ad.query "{0}.size()"
  // CHECK: ad.access "{0}[{1}]"
  for (double x : row)
    s += x;
  return s;
}
// By value the function has an object of its own.
// CHECK: func.func @"own(std::vector<double>, double)"
// CHECK-SAME: %arg0: !ad.place<!ad.object<"std::vector<double>", true>> {ad.container = {element = f64}, ad.in_memory, ad.local = #ad.local<0, "v", "std::vector<double>">, ad.out = -1 : i64, ad.type = "std::vector<double>", ad.zero_init = "({0}.size())"}
double own(std::vector<double> v, double x) {
  v[0] = x;
  return v[1];
}
