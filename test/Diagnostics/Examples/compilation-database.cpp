// RUN: %check-example %s
// The folder has a compilation database, or the flags are given.
// COMMAND: adgen example.cpp -p missing
// MENDED: adgen example.cpp -- -std=c++17
double f(double x) { return x * x; }
