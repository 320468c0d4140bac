// RUN: %check-example %s
// The parameters are those of a function that is there.
// COMMAND: adgen example.cpp --function 'f(float)'
// MENDED: adgen example.cpp --function 'f(double)'
double f(double x) { return x * x; }
double f(double x, int n) { return x * n; }
