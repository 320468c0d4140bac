// RUN: %check-example %s
// The parameters are never one variable.
// COMMAND: adgen example.cpp --function f
static double add(double &a, const double &b) { return a += b; }

double f(double &a, const double &b) { return add(a, b); } // here
//--- mended
static double add(double &a, const double &b) { return a += b; }

double f(double &__restrict a, const double &b) { return add(a, b); }
