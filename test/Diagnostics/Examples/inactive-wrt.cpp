// RUN: %check-example %s
// No derivative by the inactive parameter is asked for.
// COMMAND: adgen example.cpp --function f --wrt x,k --inactive k
// MENDED: adgen example.cpp --function f --wrt x --inactive k
double f(double x, double k) { return x * k; } // here
