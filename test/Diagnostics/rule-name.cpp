// RUN: not adgen %s --function f 2>&1 | FileCheck %s
// Which derivative a rule is follows from its name.

// CHECK: rule-name.cpp:[[# @LINE + 3]]:31: error: 'slope' is marked as the derivative of 'g' and must be named 'g_grad' or 'g_jvp' [adgen-rule-name]
#include <adgen/adgen.h>
double g(double x);
ADGEN_DERIVATIVE_OF(g) double slope(double x, double seed);
double f(double x) { return x * x; }
