// RUN: %check-example %s
// The parameter has the name that is asked for.
// COMMAND: adgen example.cpp --wrt z
// MENDED: adgen example.cpp --wrt x
double f(double x) { return x * x; }
double g(double x, int n) { return x * n; }
