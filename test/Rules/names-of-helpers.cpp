// RUN: adgen %s -o %t.cpp && FileCheck %s < %t.cpp
// A function that generated code brings along does not clash with names of the user's.
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror -fsyntax-only %t.cpp
#include <cmath>

template <class T> T digamma(T x) { return 2 * x; }

// CHECK: namespace adgen {
// CHECK: template <class T> T digamma(T x)
// CHECK: double f_grad(int digamma, double x, double seed)
// CHECK: adgen::digamma(x)
double f(int digamma, double x) { return digamma * std::lgamma(x); }
