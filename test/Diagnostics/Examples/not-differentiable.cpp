// RUN: %check-example %s
// The parameter is a real number.
// COMMAND: adgen example.cpp --function f --wrt n
// MENDED: adgen example.cpp --function f --wrt x
double f(double x, int n) { return x * n; } // here
