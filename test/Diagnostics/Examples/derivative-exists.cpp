// RUN: %check-example %s
// The derivative gets another name.
// COMMAND: adgen example.cpp --function f
// MENDED: adgen example.cpp --function f --suffix _generated
double f(double x) { return x * x; } // here
double f_grad(double x, double seed) { return 2 * x * seed; }
