// RUN: %check-example %s
// The file has the function's body.
// COMMAND: adgen example.cpp --function f
double f(double x); // here
//--- mended
double f(double x) { return x * x; }
