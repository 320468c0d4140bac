// RUN: adgen check %s --samples 2 > %t.txt && FileCheck %s < %t.txt
// RUN: adgen check %s --function nothing --samples 8 > %t.txt && FileCheck %s --check-prefix=NOTHING < %t.txt
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

// Zero but for rounding, and so is its gradient: not wrong.
// NOTHING: nothing: the derivative is right at {{[1-8]}}
double nothing(const double (&T)[2][2], double s) {
  double M[2][2] = {};
  for (int i = 0; i < 2; ++i)
    for (int k = 0; k < 2; ++k)
      M[i][k] = T[i][k] * T[1 - i][k] * (k + s);
  return M[0][0] * M[1][1] - M[0][1] * M[1][0];
}
