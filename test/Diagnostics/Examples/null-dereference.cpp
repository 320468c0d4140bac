// RUN: %check-example %s
// The function asks before it reads.
// COMMAND: adgen example.cpp --function f
static double read(const double *p) { return *p; } // here

double f(double x) { return x + read(nullptr); }
//--- mended
static double read(const double *p) { return p ? *p : 0; }

double f(double x) { return x + read(nullptr); }
