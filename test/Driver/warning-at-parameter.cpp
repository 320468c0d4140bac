// RUN: adgen %s --wrt x,y -o - 2>&1 >/dev/null | FileCheck %s
// A warning of a pass is shown as Clang shows its own, and the derivative is written.

#include <cmath>
// CHECK: warning-at-parameter.cpp:[[# @LINE + 3]]:{{[0-9]+}}: warning: parameter 'y' has no influence on the result of 'first'; its derivative is zero [adgen-no-influence]
// CHECK-NEXT: {{[0-9]+}} | double first(double x, double y)
// CHECK: 1 warning generated.
double first(double x, double y) { return x + std::floor(y); }
