// RUN: adgen %s -o - | FileCheck %s
// A tape of a function that calls itself is not in its frame, whatever its size; elsewhere a small one is.
#include <cmath>

// CHECK-LABEL: deep_and_gradient deep_and_grad(double x, int n) {
// CHECK: std::vector<double> y_tape(100);
double deep(double x, int n) {
  double y = x;
  for (int k = 0; k < 100; ++k)
    y = std::sin(y) + 0.1 * x;
  return n <= 0 ? y : y + 0.5 * deep(x * y, n - 1) * y;
}

// CHECK-LABEL: double shallow_grad(
// CHECK: double x_tape[100];
double shallow(double x) {
  for (int k = 0; k < 100; ++k)
    x = std::sin(x);
  return x;
}
