// RUN: %check-example %s
// The setting begins with a parameter's name.
// COMMAND: adgen check example.cpp --samples 1 --at m=2
// MENDED: adgen check example.cpp --samples 1 --at n=2
double f(double x, int n) { return x * x * n; }
