// RUN: %check-values %s
// RUN: adgen %s --function chained -o - | FileCheck %s
// Adjoints and tangents that are divided again and again.
#include <cmath>

// The adjoint of each quotient is divided once.
// CHECK-LABEL: chained_grad(
// CHECK: const double t_bar = seed / (z * z);
// CHECK: const double t2_bar = w_bar / (z * z);
// CHECK-VALUES: chained wrt=x,z at=(0.3, 2),(-1, 0.5)
double chained(double x, double z) {
  const double u = x / (z * z), v = std::sin(u) / (z * z), w = std::sqrt(2 + v) / (z * z);
  return u * v * w / (z * z);
}

// A product that shares its quotient is a factor of another one that does.
// CHECK-VALUES: stored wrt=v,s at=({0.4}, 1),({-1.3}, 2),({0.4}, 0)
void stored(double *v, double s) {
  if (s > 0.5) {
    *v = std::cos(0.5 / (1.0 + *v * *v));
    double t = 2.0 * std::tanh(std::sqrt(1.0 + *v * *v));
    while (t > 0.2 || t < -0.2) {
      t *= 0.5;
      *v += 0.1 * t;
    }
  }
}

// What is divided is what the quotient is multiplied by.
// CHECK-VALUES: squared wrt=x,t at=(0.3, 2),(-1, 0.5)
double squared(double x, double t) {
  return std::pow(x, 2) * t / (1.0 + x * x) * t + std::cos(0.5 / (1 + x * x)) * t / (1 + x * x);
}
