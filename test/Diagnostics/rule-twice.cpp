// RUN: not adgen %s --function f 2>&1 | FileCheck %s
// Of two rules for one function and mode nobody knows which is meant.

// CHECK: rule-twice.cpp:[[# @LINE + 7]]:31: error: there is more than one derivative of 'g' of this kind [adgen-rule-twice]
// CHECK: rule-twice.cpp:[[# @LINE + 4]]:31: note: the other one is here
#include <adgen/adgen.h>
double g(double x);
namespace a {
ADGEN_DERIVATIVE_OF(g) double g_grad(double x, double seed);
}
ADGEN_DERIVATIVE_OF(g) double g_grad(double x, double seed);
double f(double x) { return x * x; }
