// RUN: %check-example %s
// The variable is a parameter.
thread_local double scale = 2;

double f(double x) { return scale * x; } // here
//--- mended
double f(double x, double scale) { return scale * x; }
