// RUN: %check-example %s
// Standard C++ says the same.
double f(double x) { return x ?: 3; } // here
//--- mended
double f(double x) { return x != 0 ? x : 3; }
