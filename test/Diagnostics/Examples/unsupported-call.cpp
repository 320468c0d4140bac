// RUN: %check-example %s
// The number is converted by a function with a name.
// COMMAND: adgen example.cpp --function f
double operator""_km(long double x) { return 1000 * x; }

double f(double x) { return x * 2.5_km; } // here
//--- mended
static double km(double x) { return 1000 * x; }

double f(double x) { return x * km(2.5); }
