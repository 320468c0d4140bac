// RUN: %check-values %s
// RUN: adgen %s --function highest -o - | FileCheck %s
// What several terms of an adjoint have under one condition is added up under it.
#include <algorithm>
#include <cmath>

// CHECK-LABEL: highest_grad(
// CHECK: x_bar += condition ? x2 * high_bar : 0;
// CHECK-VALUES: highest wrt=x,h at=(1, 0.1, 5),(-2, 0.3, 4),(1, -0.1, 3),(1, 0.1, 0)
double highest(double x, double h, int n) {
  double high = 0;
  for (int i = 0; i < n; ++i) {
    x -= h * std::sin(x);
    high = std::max(high, 0.5 * x * x + 1);
  }
  return high;
}

// CHECK-VALUES: divided wrt=x,y at=(1, 2),(-1, 2),(1, -3)
double divided(double x, double y) {
  const double q = x > 0 ? x / y : 0;
  return q * q + (x > 0 ? y / (x + 1) : x);
}
