// RUN: %check-example %s
// Other files can name the variable.
// COMMAND: adgen example.cpp --function f
#include <adgen/adgen.h>

static int level = 2; // here
ADGEN_INACTIVE static bool is_low(int n) { return n < level; }
double f(double x, int n) { return is_low(n) ? x * x : x; }
//--- mended
#include <adgen/adgen.h>

int level = 2;
ADGEN_INACTIVE static bool is_low(int n) { return n < level; }
double f(double x, int n) { return is_low(n) ? x * x : x; }
