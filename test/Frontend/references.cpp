// RUN: adgen %s --function f --emit ir-memory | FileCheck %s
// What is passed by a reference that is not const is a place; a const reference is a
// value, read when the function is called. A local reference is its variable.
static void add(double &a, const double &b) { a += b; }
static double grow(double &&a) { return a *= 2; }
double f(double x, double y, int n) {
  // CHECK: [[X:%.*]] = ad.var <0, "x"
  // CHECK: [[Y:%.*]] = ad.var <1, "y"
  // CHECK: [[V:%.*]] = ad.load [[Y]]
  // CHECK: ad.call @"add(double &, const double &)"([[X]], [[V]]) {ties = array<i64: 0, -1>} : (!ad.place<f64>, f64) -> ()
  double &r = x;
  add(r, y);
  // One variable twice.
  // CHECK: ad.call @"add(double &, const double &)[0,0]"([[X]], [[X]]) {ties = array<i64: 0, 0>}
  add(r, x);
  // A temporary that the reference keeps alive.
  // CHECK: [[S:%.*]] = ad.add
  // CHECK: [[T:%.*]] = ad.var <{{.*}}, "t", "double"> : <f64>
  // CHECK: ad.store [[S]], [[T]]
  const double &t = x + y;
  // CHECK: [[TEMPORARY:%.*]] = ad.var <{{.*}}, "temporary", "double", true>
  // CHECK: ad.call @"grow(double &&)"([[TEMPORARY]]) {ties = array<i64: 1>}
  y = grow(t * 2);
  // One of two variables.
  // CHECK: [[C:%.*]] = ad.cmp gt %arg2
  // CHECK: ad.if [[C]] {
  // CHECK: ad.store {{.*}}, [[X]]
  // CHECK: } else {
  // CHECK: ad.store {{.*}}, [[Y]]
  (n > 0 ? x : y) = t;
  return x * y;
}
// CHECK: func.func @"add(double &, const double &)"(
// CHECK-SAME: %arg0: !ad.place<f64> {ad.local = #ad.local<0, "a", "double">, ad.out = 0 : i64, ad.pass = "reference", ad.type = "double &"}
// CHECK-SAME: %arg1: f64 {ad.local = #ad.local<1, "b", "double">, ad.pass = "reference", ad.type = "const double &"}
// CHECK: func.func @"add(double &, const double &)[0,0]"(
// CHECK-SAME: %arg0: !ad.place<f64> {{{.*}}ad.out = 0
// CHECK-SAME: %arg1: !ad.place<f64> {ad.local = #ad.local<1, "b", "double">, ad.pass = "reference", ad.type = "const double &"}
// CHECK: [[B:%.*]] = ad.load %arg0
// CHECK-NOT: %arg1
// CHECK: func.func @"grow(double &&)"
// CHECK-SAME: ad.call_format = "grow(static_cast<double &&>({0}))"
