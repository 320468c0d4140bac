// RUN: %check-example %s
// The functions are called by their names.
// COMMAND: adgen example.cpp --function f
static double once(double x) { return x; }
static double twice(double x) { return 2 * x; }

double f(double x, bool doubled) { return (doubled ? twice : once)(x); } // here
//--- mended
static double once(double x) { return x; }
static double twice(double x) { return 2 * x; }

double f(double x, bool doubled) { return doubled ? twice(x) : once(x); }
