// RUN: %check-example %s
// The input is a file.
// COMMAND: adgen .
// MENDED: adgen example.cpp
double f(double x) { return x * x; }
