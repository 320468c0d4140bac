// RUN: %check-values %s
// std::array::fill, of numbers and of objects.
#include "Inputs/types/points.h"
#include <array>
#include <vector>

// CHECK-VALUES: numbers wrt=x at=({2, 3})
double numbers(const std::vector<double> &x) {
  std::array<double, 3> a{};
  a[1] = x[1];
  double s = a[1];
  a.fill(x[0] * s);
  return a[1] * a[2] * s;
}

// CHECK-VALUES: of_parameter wrt=a,x at=({1, 2}, 3)
double of_parameter(std::array<double, 2> &a, double x) {
  double s = a[0] * a[1];
  a.fill(s * x);
  return a[0] * s;
}

// CHECK-VALUES: objects wrt=x at=(3)
double objects(double x) {
  std::array<Point, 2> a;
  a.fill({x, x * x});
  a[1].x *= 2;
  return a[0].x * a[1].y * a[1].x;
}
