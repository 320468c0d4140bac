// RUN: %check-values %s
// Derivatives that are known in closed form, to the last digits.
#include <cmath>

// CHECK-VALUES: quadratic wrt=x,y at=(1, 2) value=11 expect=(8, 7)
// CHECK-VALUES: quadratic wrt=x,y at=(0.25, -3),(-7, 0.5)
double quadratic(double x, double y) { return x * x + 3 * x * y + y * y; }

// CHECK-VALUES: growth wrt=x at=(2) value=3.694528049465325L expect=(9.236320123663312L)
// CHECK-VALUES: growth wrt=x at=(0.5),(-1.25)
double growth(double x) { return std::exp(x * x - x) / x; }

// CHECK-VALUES: cubic wrt=x,y at=(3, 4) value=42 expect=(24, 10)
double cubic(double x, double y) { return x * x * y + y + 2; }

// CHECK-VALUES: wave wrt=x,y at=(0.5, 3) expect=(3 + std::cos(0.5L), 0.5)
// CHECK-VALUES: wave wrt=x,y at=(1.5, -2),(-4, 0.25)
double wave(double x, double y) { return std::sin(x) + x * y; }

// CHECK-VALUES: decay wrt=x1,x2 at=(2, 0.5) expect=(std::exp(0.5L) - 1, 2 * std::exp(0.5L))
double decay(double x1, double x2) { return x1 * std::exp(x2) - x1; }

// CHECK-VALUES: inverse wrt=x at=(4),(-0.5) expect=(-0.0625),(-4)
double inverse(double x) { return 1 / x; }

// CHECK-VALUES: logistic wrt=x at=(0) value=0.5 expect=(0.25)
// CHECK-VALUES: logistic wrt=x at=(1.5),(-3),(30)
double logistic(double x) { return 1 / (1 + std::exp(-x)); }

// CHECK-VALUES: constant wrt=y at=(3, 4) value=9 expect=(0)
double constant(double x, double y) {
  if (y != y)
    return x;
  return x * x;
}

// CHECK-VALUES: identity wrt=x at=(3) value=3 expect=(1)
double identity(double x) { return x; }
