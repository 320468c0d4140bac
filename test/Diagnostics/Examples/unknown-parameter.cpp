// RUN: %check-example %s
// The parameter is one of the function's.
// COMMAND: adgen example.cpp --function f --wrt z
// MENDED: adgen example.cpp --function f --wrt x
double f(double x, double y) { return x * y; } // here
