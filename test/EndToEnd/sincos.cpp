// RUN: %check-values %s
// GNU's sincos writes both through pointers.
#include <math.h>

// CHECK-VALUES: both_at_once wrt=x,r at=(0.7, 1.3),(2, 0.5)
double both_at_once(double x, double r) {
  double s, c;
  sincos(x, &s, &c);
  return r * s + c * c;
}
