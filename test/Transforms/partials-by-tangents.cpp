// RUN: adgen %s --function of_series,of_powers -o - | FileCheck %s
// A callee with a loop and at most two active arguments carries its partial derivatives along; with more it tapes.
#include <cmath>

// CHECK-LABEL: series_and_gradient series_and_grad(double shape, double x) {
// CHECK: term_by_shape = ratio * (term_by_shape - term / n);
// CHECK: term_by_x = (x * term_by_x + term) / n;
// CHECK-NOT: tape
// CHECK: return {sum, sum_by_shape, sum_by_x};
static double series(double shape, double x) {
  double term = 1 / shape, sum = term;
  for (double n = shape + 1; term > 1e-16 * sum; n += 1) {
    term *= x / n;
    sum += term;
  }
  return sum;
}
double of_series(double a, double x) { return std::log(series(a, x)); }

// CHECK-LABEL: powers_and_gradient powers_and_grad(double x, double y, double z, int n) {
// CHECK: s_tape
static double powers(double x, double y, double z, int n) {
  double s = x;
  for (int i = 0; i < n; ++i)
    s = s * y + s * s * z;
  return s;
}
double of_powers(double x, double y, double z, int n) { return std::log(powers(x, y, z, n)); }
