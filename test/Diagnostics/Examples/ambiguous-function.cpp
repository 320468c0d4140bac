// RUN: %check-example %s
// The types of the parameters choose one.
// COMMAND: adgen example.cpp --function f
// MENDED: adgen example.cpp --function 'f(float)'
double f(double x, int n) { return x * n; }
float f(float x) { return x * x; }
