// RUN: %check-example %s
// Here it is Clang that was asked to crash.
double f(double x) { return x * x; }
#pragma clang __debug crash
//--- mended
double f(double x) { return x * x; }
