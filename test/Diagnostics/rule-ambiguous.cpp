// RUN: not adgen %s --function f 2>&1 | FileCheck %s
// A rule that two instances of a template could have is an error; template arguments choose one.
// RUN: adgen %s --function f -o - -- -DCHOSEN | FileCheck %s --check-prefix=CHOSEN

// CHECK: rule-ambiguous.cpp:[[# @LINE + 9]]:39: error: 'power_grad' fits as the derivative of several functions 'power' [adgen-rule-ambiguous]
// CHECK-COUNT-2: note: it may be the derivative of this
// CHOSEN: double f_grad(
#include <adgen/adgen.h>
template <class T, int n> T power(T x) { return n == 1 ? x : x * x; }
double sum(double x) { return power<double, 1>(x) + power<double, 2>(x); }
#ifdef CHOSEN
ADGEN_DERIVATIVE_OF(power<double, 2>) double power_grad(double x, double seed) { return 2 * x * seed; }
#else
ADGEN_DERIVATIVE_OF(power)     double power_grad(double x, double seed);
#endif
double f(double x) { return x * x; }
