// RUN: adgen %s --emit ir-memory | FileCheck %s
// Whether a pointer parameter of a function that was asked for is null is a test without operands.
// CHECK: func.func @"implicit(double, double *)[0,memory]"
// CHECK: %[[T:.*]] = ad.test "!= nullptr"() {parameter = #ad.local<1, "out", "double">} : () -> i1
// CHECK: ad.if %[[T]] {
// CHECK-NEXT: ad.store %arg0, %arg1
double implicit(double x, double *out) {
  if (out)
    *out = x;
  return x;
}
// CHECK: func.func @"compared(double, const double *)[0,memory]"
// CHECK: %[[T:.*]] = ad.test "!= nullptr"()
// CHECK: %[[N:.*]] = ad.not %[[T]]
// CHECK: ad.if %[[N]] -> f64
double compared(double x, const double *w) { return w == nullptr ? x : x * *w; }
// CHECK: func.func @"sure(double, double *)"
// CHECK-NOT: ad.test
// CHECK: return
double sure(double x, double *out) {
  *out = x;
  if (!out)
    return 0;
  return x;
}
