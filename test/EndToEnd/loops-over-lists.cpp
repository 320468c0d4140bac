// RUN: %check-values %s
// RUN: adgen %s --function signs,numbers -o %t.cpp
// RUN: FileCheck %s < %t.cpp
// Range-based loops over braces: numbers, objects, one in another, with exits.
#include "Inputs/types/points.h"
#include <cmath>
#include <initializer_list>

// CHECK: const int k_list[3] = {-1, 1, 3};
// CHECK-VALUES: signs wrt=x,y at=(2, 3),(0.5, -1)
double signs(double x, double y) {
  double s = 0;
  for (int k : {-1, 1, 3})
    s += std::pow(x, k) * y;
  return s;
}

// CHECK: const double t_list[3] = {x * y, std::sin(x), y};
// CHECK: double t_list_bar[3] = {};
// CHECK-VALUES: numbers wrt=x,y at=(2, 3),(0.5, -1)
double numbers(double x, double y) {
  double s = 1;
  for (double t : {x * y, std::sin(x), y})
    s *= t + s;
  return s;
}

// CHECK-VALUES: nested wrt=x,y at=(2, 3),(0.5, -1)
double nested(double x, double y) {
  double s = 1;
  for (const auto &t : {x, y})
    for (float d : {0.0f, 0.5f}) {
      if (s > 20)
        break;
      s *= t * t + d;
    }
  return s;
}

// CHECK-VALUES: objects wrt=x,y at=(2, 3),(0.5, -1)
double objects(double x, double y) {
  double s = 1;
  for (const Point &p : {Point{x, y}, Point{y * y, x}, Point{}})
    s *= p.x + p.y * s + 1;
  return s;
}

// A list is made of what the variables are then.
// CHECK-VALUES: changed wrt=x at=(2),(0.5)
double changed(double x) {
  double s = 0;
  for (auto t : {x, 2 * x}) {
    x *= t;
    s += x;
  }
  return s * x;
}
