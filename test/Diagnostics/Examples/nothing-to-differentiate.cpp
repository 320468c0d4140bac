// RUN: %check-example %s
// The function has a real result.
// COMMAND: adgen example.cpp --function f
int f(double x) { return x > 0 ? 1 : 2; } // here
//--- mended
double f(double x) { return x > 0 ? x : 2 * x; }
