// RUN: %check-values %s
// A zero adjoint contributes zero where a partial derivative is infinite.
#include <cmath>
#include <limits>

// CHECK-VALUES: returned_before_use wrt=x at=(0),(4) expect=(0),(0.25) value=0,2
double returned_before_use(double x) {
  double r = std::sqrt(x);
  if (r < 1e-8)
    return 0;
  return r;
}

// CHECK-VALUES: times_zero wrt=x,y at=(0, 2),(4, 3) expect=(std::numeric_limits<double>::infinity(), 0),(0.75, 2)
double times_zero(double x, double y) { return std::sqrt(x) * y; }

// CHECK-VALUES: root wrt=x at=(0) expect=(std::numeric_limits<double>::infinity())
double root(double x) { return std::sqrt(x); }

// CHECK-VALUES: inner_pole wrt=x at=(0),(2) expect=(1),(0.5) value=0,std::log(2.0L)
double inner_pole(double x) {
  double l = std::log(x);
  double r = x;
  if (x > 1)
    r = l;
  return r;
}

// CHECK-VALUES: pole_before_return wrt=x,y at=(3, 0),(3, 2) expect=(0, 0),(0.5, -0.75)
double pole_before_return(double x, double y) {
  double q = x / y;
  if (y == 0)
    return 7;
  return q;
}

// CHECK-VALUES: distance_loop wrt=x,y at=(0, 0, 3),(3, 4, 3) expect=(0, 0),(9 / 5.0L, 12 / 5.0L) value=0,15
double distance_loop(double x, double y, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    double r = std::sqrt(x * x + y * y);
    if (r == 0)
      continue;
    s += r;
  }
  return s;
}

// CHECK-VALUES: origin wrt=x,y at=(0, 0) expect=(0, 0)
double origin(double x, double y) { return std::hypot(x, y); }

// CHECK-VALUES: angle wrt=y,x at=(0, 0),(1, 2) expect=(0, 0),(0.4L, -0.2L)
double angle(double y, double x) { return std::atan2(y, x); }

// CHECK-VALUES: power_of_zero wrt=x,y at=(0, 2),(0, 1),(0, 0.5) expect=(0, 0),(1, 0),(std::numeric_limits<double>::infinity(), 0)
double power_of_zero(double x, double y) { return std::pow(x, y); }

// CHECK-VALUES: cancelled_power wrt=x at=(0) expect=(0)
double cancelled_power(double x) {
  double p = std::pow(x, 0.5);
  return p > 1 ? p : 2;
}

// By way of memory: the element is read on a path of a loop only.
// CHECK-VALUES: element_of_a_pole wrt=x at=(0, false),(0.5, false),(0.5, true)
double element_of_a_pole(double x, bool isUsed) {
  double a[2] = {1, 2};
  a[1] = std::log(x);
  double s = 0;
  for (int i = 0; i < 2; ++i)
    if (isUsed)
      s += a[i];
  return s;
}
