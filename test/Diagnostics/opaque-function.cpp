// RUN: not adgen %s 2>&1 | FileCheck %s
// A function without body that has no derivative is refused, and a note shows the
// declarations to write.
double power(double x, double y);
namespace ns {
void scale(double &x, int n);
}
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: the body of 'power' is not known, and it has no derivative of its own [adgen-opaque-function]
double f(double x) { return power(x, 2); }
// CHECK: note: declared here; its derivative would be 'struct power_gradient { double x; double y; }; ADGEN_DERIVATIVE_OF(power) power_gradient power_grad(double x, double y, double seed);' or, for forward mode, 'struct power_dual { double value, dot; }; ADGEN_DERIVATIVE_OF(power) power_dual power_jvp(double x, double y, double x_dot, double y_dot);'
double g(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: the body of 'ns::scale' is not known
  ns::scale(x, 3);
// CHECK: note: declared here; its derivative would be 'ADGEN_DERIVATIVE_OF(ns::scale) void scale_grad(double &x, int n, double &x_bar);' or, for forward mode, 'ADGEN_DERIVATIVE_OF(ns::scale) void scale_jvp(double &x, int n, double &x_dot);'
  return x;
}
