// RUN: rm -rf %t && mkdir %t && cd %t && adgen %s --function f && FileCheck %s < rules_grad.cpp
// Hand-written derivatives are called in place of what adgen would write, whatever the function's body.
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror -c rules_grad.cpp -o derivative.o
// RUN: %clangxx -std=c++17 -DMAIN -I%source-root/include %s derivative.o -o linked && ./linked
// RUN: adgen %s --function f --mode forward -o - | FileCheck %s --check-prefix=FORWARD

// CHECK: struct Slopes {
// CHECK: double product(double x, double y);
// CHECK: Slopes product_grad(double x, double y, double seed);
// CHECK-NOT: cube(float
// CHECK: static double cube_grad(double x, double seed) { return 3 * x * x * seed; }
// CHECK: double f_grad(
// CHECK-DAG: product_grad(
// CHECK-DAG: cube_grad(
// CHECK-DAG: inner::scale_grad(
// FORWARD-NOT: cube_grad
// FORWARD: cube_jvp(
#include <adgen/adgen.h>
#include <cmath>
struct Slopes {
  double x, y;
};
struct Along {
  double value, dot;
};
double product(double x, double y);
ADGEN_DERIVATIVE_OF(product) Slopes product_grad(double x, double y, double seed);
static float cube(float x) { return x * x * x; }
static double cube(double x) { return x * x * x; }
ADGEN_DERIVATIVE_OF(cube) static double cube_grad(double x, double seed) { return 3 * x * x * seed; }
ADGEN_DERIVATIVE_OF(cube) static Along cube_jvp(double x, double x_dot) { return {x * x * x, 3 * x * x * x_dot}; }
ADGEN_DERIVATIVE_OF(product) Along product_jvp(double x, double y, double x_dot, double y_dot);
namespace ns {
void scale(double &s, const double &by);
namespace inner {
ADGEN_DERIVATIVE_OF(scale) void scale_grad(double &s, const double &by, double &s_bar, double &by_bar);
ADGEN_DERIVATIVE_OF(ns::scale) void scale_jvp(double &s, const double &by, double &s_dot, const double &by_dot);
} // namespace inner
} // namespace ns
double f(double x) {
  double s = product(x, std::sin(x));
  ns::scale(s, x);
  return s * cube(x) + cube(2.0f);
}
#ifdef MAIN
#include <cstdio>
double product(double x, double y) { return x * y; }
Slopes product_grad(double x, double y, double seed) { return {y * seed, x * seed}; }
void ns::scale(double &s, const double &by) { s *= by; }
void ns::inner::scale_grad(double &s, const double &by, double &s_bar, double &by_bar) {
  by_bar += s * s_bar;
  s_bar *= by;
  s *= by;
}
double f_grad(double x, double seed = 1);
int main() {
  double x = 0.7, h = 1e-5;
  double expected = (f(x + h) - f(x - h)) / (2 * h), actual = f_grad(x);
  std::printf("%.9f %.9f\n", expected, actual);
  return std::fabs(expected - actual) < 1e-7 ? 0 : 1;
}
#endif
