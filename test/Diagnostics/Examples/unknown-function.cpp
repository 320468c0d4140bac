// RUN: %check-example %s
// The number is drawn outside, and no derivative flows through it.
#include <cstdlib>

double f(double x) { return x * std::rand(); } // here
//--- mended
double f(double x, int random) { return x * random; }
