// RUN: %check-example %s
// The file is there.
// COMMAND: adgen missing.cpp
// MENDED: adgen example.cpp
double f(double x) { return x * x; }
