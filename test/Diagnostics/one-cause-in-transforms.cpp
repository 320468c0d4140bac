// RUN: not adgen %s --mode reverse,forward 2>&1 | FileCheck %s --implicit-check-not=error:
// What both modes refuse is said once, and so is what four functions refuse in one callee.
#include <cmath>

// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: {{.*}} [adgen-no-partial]
static double zeta(double x) { return std::riemann_zeta(x); }
// CHECK: note: the function's argument depends on a --wrt parameter
double a(double x) { return zeta(x); }
double b(double x) { return zeta(x) * zeta(2 * x); }
double c(double x) { return x * zeta(x); }
double d(double x) { return a(x) + b(x); }
// CHECK: 1 error generated.
