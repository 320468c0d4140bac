// RUN: not adgen %s 2>&1 | FileCheck %s
// A library function without a rule is refused by name.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: the derivative of library function 'rand' is not known [adgen-unknown-function]
double f(double x) { return x * std::rand(); }
double g(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: the derivative of library function 'printf' is not known [adgen-unknown-function]
  return x + std::printf("%g", x);
}
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: the derivative of library function 'std::max' is not known [adgen-unknown-function]
double h(double x) { return std::max(x, 1.0, [](double a, double b) { return a < b; }); }
