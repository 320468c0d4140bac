// RUN: %check-values %s
// Functions of the standard library that write through references and pointers.
#include <cmath>
#include <utility>

// CHECK-VALUES: mantissa wrt=x at=(0.7),(-12.5),(100)
double mantissa(double x) {
  int exponent = 0;
  double m = std::frexp(x, &exponent);
  return m * m * exponent;
}

// CHECK-VALUES: fraction wrt=x at=(0.7),(-1.3),(2.1)
double fraction(double x) {
  double whole;
  double f = std::modf(x * x, &whole);
  return f * x + whole * f;
}

// CHECK-VALUES: whole_kept wrt=x,whole at=(0.7, 3),(-12.25, 1)
double whole_kept(double x, double &whole) { return std::modf(x, &whole) * 3; }

// CHECK-VALUES: exchanged wrt=x,y at=(0.7, 1.3),(2, 0.5)
double exchanged(double x, double &y) {
  std::swap(x, y);
  if (x > 1)
    std::swap(y, x);
  return x * x * y;
}

// CHECK-VALUES: replaced wrt=x,y at=(0.7, 1.3),(2, 0.5)
double replaced(double x, double y) {
  double old = std::exchange(x, x * y);
  return old * x * x;
}
