// RUN: not adgen %s 2>&1 | FileCheck %s
// A function without body that has no derivative is refused, and a note shows the declarations to
// write, for the modes that are asked for.
// RUN: not adgen %s --mode forward --function f 2>&1 | FileCheck %s --check-prefix=FORWARD
// RUN: not adgen %s --mode reverse,forward --function g 2>&1 | FileCheck %s --check-prefix=BOTH
double power(double x, double y);
namespace ns {
void scale(double &x, int n);
}
// CHECK: :[[@LINE+1]]:29: error: the body of 'power' is not known, and it has no derivative of its own [adgen-opaque-function]
double f(double x) { return power(x, 2); }
// CHECK: :[[@LINE-6]]:8: note: declared here; to write its derivative by hand, declare this behind it
// CHECK-NEXT: {{^}}#include <adgen/adgen.h>
// CHECK-NEXT: {{^}}struct power_gradient { double x; double y; };
// CHECK-NEXT: {{^}}ADGEN_DERIVATIVE_OF(power) power_gradient power_grad(double x, double y, double seed);
// CHECK-NEXT: double power(
// FORWARD: #include <adgen/adgen.h>
// FORWARD-NEXT: struct power_dual { double value; double dot; };
// FORWARD-NEXT: ADGEN_DERIVATIVE_OF(power) power_dual power_jvp(double x, double y, double x_dot, double y_dot);
double g(double x) {
  // CHECK: :[[@LINE+1]]:3: error: the body of 'ns::scale' is not known, and it has no derivative of its own [adgen-opaque-function]
  ns::scale(x, 3);
  // BOTH: namespace ns {
  // BOTH-NEXT: ADGEN_DERIVATIVE_OF(scale) void scale_grad(double &x, int n, double &x_bar);
  // BOTH-NEXT: ADGEN_DERIVATIVE_OF(scale) void scale_jvp(double &x, int n, double &x_dot);
  // BOTH-NEXT: }
  return x;
}
