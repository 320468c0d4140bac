// RUN: %check-example %s
// The constants do not share a macro.
// COMMAND: adgen example.cpp --function f
#define VALUE 2
const double first = VALUE;
#undef VALUE
#define VALUE 3 // here
const double second = VALUE;
double f(double x) { return first * x * x + second * x; }
//--- mended
const double first = 2;
const double second = 3;
double f(double x) { return first * x * x + second * x; }
