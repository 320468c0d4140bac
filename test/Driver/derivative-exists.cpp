// RUN: not adgen %s --function g 2>&1 | FileCheck %s
// A derivative that the file already has is an error, which a suffix mends; a declaration is none.
// RUN: adgen %s --function g --suffix _adgen -o - | FileCheck %s --check-prefix=SUFFIX
// RUN: adgen %s --function h -o - | FileCheck %s --check-prefix=DECLARED

// CHECK: derivative-exists.cpp:[[# @LINE + 5]]:8: error: the file already has a 'g_grad' that the derivative would clash with; give the derivative another name with --suffix [adgen-derivative-exists]
// CHECK: derivative-exists.cpp:[[# @LINE + 6]]:8: note: it is here
// SUFFIX: double g_grad_adgen(
// DECLARED: double h_grad(
#include <cmath>
double g(double x) { return x * x; }
double h(double x) { return std::sin(x); }
double g_grad(double x, double seed) { return 2 * x * seed; }
double h_grad(double x, double seed);
double slope(double x) { return h_grad(x, 1); }
