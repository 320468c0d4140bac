// RUN: not adgen %s --function f 2>&1 | FileCheck %s --implicit-check-not=error:
// A rule names a function that can be seen from where it stands: qualified, or in a scope around it.

// CHECK: rule-unknown.cpp:[[# @LINE + 11]]:36: error: 'other_grad' is marked as the derivative of 'other', but no such function is declared here [adgen-rule-unknown]
#include <adgen/adgen.h>
double area(double x);
namespace ns {
double volume(double x);
namespace inner {
ADGEN_DERIVATIVE_OF(area) double area_grad(double x, double seed);
ADGEN_DERIVATIVE_OF(volume) double volume_grad(double x, double seed);
} // namespace inner
double other(double x);
} // namespace ns
ADGEN_DERIVATIVE_OF(other)  double other_grad(double x, double seed);
double f(double x) { return x * x; }
