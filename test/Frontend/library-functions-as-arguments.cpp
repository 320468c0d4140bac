// RUN: adgen %s --function f --emit ir-memory | FileCheck %s
// A library function that is passed as an argument has its rule in the callee.
#include <cmath>
static double scaled(double (*f)(double), double x) { return 2 * f(x); }
template <double (*F)(double)> double apply(double x) { return F(x); }
// CHECK: ad.call @"scaled(double (*)(double), double)[sin,1]"(%arg0)
// CHECK: ad.call @"apply<&exp>(double)"(%arg0)
double f(double x) { return scaled(std::sin, x) + apply<std::exp>(x); }
// CHECK: func.func @"scaled(double (*)(double), double)[sin,1]"
// CHECK-SAME: ad.call_format = "scaled(sin, {0})"
// CHECK: ad.sin %arg0
// CHECK: func.func @"apply<&exp>(double)"
// CHECK: ad.exp %arg0
