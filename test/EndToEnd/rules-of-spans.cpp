// RUN: %check-values %s --standards c++20,c++23 --flags=-I%source-root/include
// Derivatives by hand of functions of spans, which are passed by value and add to what they lead to.
#include <adgen/adgen.h>
#include <span>

// Two calls add to one shadow before it is read.
double spread(std::span<const double> v, double s) {
  double t = 0;
  for (double x : v)
    t += x * x * s;
  return t;
}
ADGEN_DERIVATIVE_OF(spread)
double spread_grad(std::span<const double> v, double s, std::span<double> v_bar, double seed) {
  double t = 0;
  for (std::size_t i = 0; i < v.size(); ++i) {
    v_bar[i] += 2 * v[i] * s * seed;
    t += v[i] * v[i];
  }
  return t * seed;
}
struct spread_dual {
  double value, dot;
};
ADGEN_DERIVATIVE_OF(spread)
spread_dual spread_jvp(std::span<const double> v, double s, std::span<const double> v_dot, double s_dot) {
  spread_dual r = {0, 0};
  for (std::size_t i = 0; i < v.size(); ++i) {
    r.value += v[i] * v[i] * s;
    r.dot += 2 * v[i] * s * v_dot[i] + v[i] * v[i] * s_dot;
  }
  return r;
}
// CHECK-VALUES: spread_twice wrt=x,y,z at=(2, 3, 0.5)
double spread_twice(double x, double y, double z) {
  double a[2] = {z, 3.0};
  double t = spread(a, x);
  y = spread(a, y);
  return t * t + x * y;
}
