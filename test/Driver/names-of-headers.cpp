// RUN: mkdir -p %t && adgen %s --mode forward --function f -o %t/f_grad.cpp
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror -fsyntax-only %t/f_grad.cpp
// RUN: FileCheck %s < %t/f_grad.cpp
// A header has a type with the name that a helper's result would have.
#include "Inputs/h_dual.h"
#include <cmath>

// CHECK: struct h_dual2 {
// CHECK: h_dual2 h_jvp(
static double h(double a, double b) { return std::atan(a * b); }
void f(double *x, double a, int n) {
  for (int i = 0; i < n; ++i)
    x[0] += 0.5 * h(a + x[1], a);
}
