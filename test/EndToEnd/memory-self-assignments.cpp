// RUN: %check-values %s
// Elements that are combined with themselves.
#include <cmath>
#include <tuple>
#include <utility>

// CHECK-VALUES: self wrt=x at=(rand(3, 1, 1, 2), 3)
void self(double *x, int n) {
  for (int i = 0; i < n; ++i) {
    x[i] += x[i];
    x[i] *= x[i];
    x[i] -= x[i] / 3;
    x[i] = -x[i];
  }
}

// One statement that stores twice at one place.
// CHECK-VALUES: swapped_with_itself wrt=x at=({1, 2, 3}, 2),({1}, 0)
void swapped_with_itself(double *x, int n) { std::swap(x[n], x[n]); }

// CHECK-VALUES: chained wrt=x at=({1, 2, 3}, 2),({1}, 0)
void chained(double *x, int n) { x[n] = x[n] = x[n]; }

// CHECK-VALUES: chained_twice wrt=x at=({1, 2, 3}, 1, 2),({1, 2}, 1, 1)
void chained_twice(double *x, int i, int j) { x[i] = x[j] = 2 * x[i] + x[j]; }

// A tangent that a branch leaves as it was is not stored again.
// CHECK-VALUES: constant_added wrt=y,x at=(1, {1, 2, 3, 0.5}, 2),(-1, {1, 2, 3, 4}, 1)
void constant_added(const double y, double *__restrict x, double &z) {
  x[3] *= std::cos(y - z);
  const double c[2] = {1.5, 0.5};
  if ((x[3] < 0.5 ? y : z) < 1.2)
    z += 1.5 * std::tanh(c[0] * c[1]);
  z *= x[3];
}

// CHECK-VALUES: tied_to_itself wrt=x,y at=(1, 2, 3),(1, 2, 0)
void tied_to_itself(double x, double &y, int n) {
  for (int i = 0; i < n; ++i)
    std::tie(x, y) = std::make_pair(x * y, y);
}
