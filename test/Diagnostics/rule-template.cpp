// RUN: not adgen %s --function f 2>&1 | FileCheck %s
// A rule is a function, not a template.

// CHECK: rule-template.cpp:[[# @LINE + 3]]:45: error: 'g_grad' is a template and cannot be a derivative [adgen-rule-template]
#include <adgen/adgen.h>
double g(double x);
template <class T> ADGEN_DERIVATIVE_OF(g) T g_grad(T x, T seed);
double f(double x) { return x * x; }
