// RUN: adgen check %s --samples 2 > %t.txt && FileCheck %s < %t.txt
// What is exact enough depends on the least exact type: a float inside of the function counts.
#include <cmath>

// CHECK: single: the derivative is right
float single(const float *x, int n) {
  float s = 0;
  for (int i = 0; i < n; ++i)
    s += std::sin(x[i]) * x[i];
  return s;
}

// CHECK: extended: the derivative is right
long double extended(long double x, long double y) { return std::exp(x) / y; }

// CHECK: single_inside: the derivative is right
double single_inside(double x, double y) {
  float z = x * y;
  return std::sqrt(z) * x;
}

// CHECK: cancelling: the derivative is right
double cancelling(double x) { return (1e6 + x * x) - 1e6; }
