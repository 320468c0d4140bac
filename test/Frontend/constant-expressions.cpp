// RUN: adgen %s --emit ir-memory -- -std=c++20 | FileCheck %s
// What Clang knows at compile time and what has no name of its own is a constant
// without a spelling.
constexpr double twice(double x) { return 2 * x; }
consteval int three() { return 3; }
template <int N> double power(double x) {
  // CHECK: ad.constant<4.000000e+00 : f64> : f64
  return x * N;
}
template double power<4>(double);
double f(double x) {
  // CHECK-LABEL: @"f(double)"
  // CHECK: ad.constant<3.000000e+00 : f64> : f64
  x *= twice(1.5);
  // CHECK: ad.constant<3.000000e+00 : f64> : f64
  x *= three();
  // CHECK: ad.constant<8.000000e+00 : f64> {spelling = "sizeof(double)"
  x *= sizeof(x);
  // CHECK: ad.constant<true> : i1
  return noexcept(x) ? x : 0;
}
