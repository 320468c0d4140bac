// RUN: adgen %s --mode forward,reverse --with-value --suffix=_x -o - | FileCheck %s
// Several modes go into one file; the canonical command has them in a fixed order.

// CHECK: adgen modes-and-suffix.cpp --mode reverse,forward --with-value --suffix _x
// CHECK: struct square_gradient_x {
// CHECK-NEXT: double value;
// CHECK-NEXT: double x;
// CHECK: square_gradient_x square_grad_x(double x, double seed = 1{{(\.0)?}})
// CHECK: struct square_dual_x {
// CHECK: square_dual_x square_jvp_x(double x, double x_dot = 1{{(\.0)?}})
double square(double x) { return x * x; }
