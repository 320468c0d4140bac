// RUN: adgen %s --function f --emit ir-memory | FileCheck %s
// Default arguments are operands; the call says how many arguments were written.
static const double rate = 0.5;
static double g(double x, double y = rate, int n = 3) { return x * y * n; }
double f(double x) {
  // CHECK: [[RATE:%.*]] = ad.constant<5.000000e-01 : f64> {spelling = "rate"}
  // CHECK: [[N:%.*]] = ad.constant<3 : i32> {spelling = "3"}
  // CHECK: ad.call @"g(double, double, int)"(%arg0, [[RATE]], [[N]]) {written = 1 : i64}
  // CHECK: ad.call @"g(double, double, int)"(%arg0, %arg0, {{%.*}}) {written = 2 : i64}
  // CHECK: ad.call @"g(double, double, int)"(%arg0, %arg0, {{%.*}}) : (
  return g(x) + g(x, x) + g(x, x, 4);
}
