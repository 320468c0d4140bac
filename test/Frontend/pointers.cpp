// RUN: adgen %s --function f --emit ir-memory | FileCheck %s
// A pointer is the variable that it points to. In a callee it is known whether it is
// null, and only what is done then is lowered.
static void set(double x, double *out, const double *scale = nullptr) {
  if (!out)
    return;
  *out = scale ? x * *scale : x;
}
double f(double x) {
  // CHECK: [[A:%.*]] = ad.var <1, "a"
  double a = 1;
  double *p = &a;
  // CHECK: ad.store {{.*}}, [[A]]
  // CHECK: [[X:%.*]] = ad.load
  // CHECK: ad.store [[X]], [[A]]
  *p = x;
  // CHECK: ad.call @"set(double, double *, const double *)[0,1,null]"({{%.*}}, [[A]]) {ties = array<i64: -1, 0>, written = 2 : i64}
  set(x, &*p);
  // CHECK: ad.call @"set(double, double *, const double *)"({{%.*}}, [[A]], {{%.*}}) {ties = array<i64: -1, 0, -1>}
  set(x, p, &x);
  // CHECK: ad.call @"set(double, double *, const double *)[0,null,null]"({{%.*}}) {written = 2 : i64} : (f64) -> ()
  set(x, nullptr);
  // CHECK: [[V:%.*]] = ad.load [[A]]
  // CHECK: ad.return [[V]]
  return p[0];
}
// CHECK: func.func @"set(double, double *, const double *)[0,1,null]"(
// CHECK-SAME: ad.call_format = "set({0}, {1}, nullptr)"
// CHECK-NEXT: ad.store %arg0, %arg1
// CHECK-NEXT: ad.return{{$}}
// CHECK: func.func @"set(double, double *, const double *)"(
// CHECK-SAME: %arg1: !ad.place<f64> {ad.local = #ad.local<1, "out", "double">, ad.out = 0 : i64, ad.pass = "pointer", ad.type = "double *"}
// CHECK-NEXT: [[S:%.*]] = ad.mul %arg0, %arg2
// CHECK-NEXT: ad.store [[S]], %arg1
// CHECK: func.func @"set(double, double *, const double *)[0,null,null]"(
// CHECK-NEXT: ad.return{{$}}
