// RUN: %check-example %s
// The function returns the value.
double &larger(double &a, double &b);

double f(double x, double y) { return larger(x, y) * x; } // here
//--- mended
inline double larger(double a, double b) { return a > b ? a : b; }

double f(double x, double y) { return larger(x, y) * x; }
