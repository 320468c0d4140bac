// RUN: %check-example %s
// The function has external linkage, and is called where it is.
// COMMAND: adgen example.cpp --function f
#include <adgen/adgen.h>

ADGEN_INACTIVE static int steps(int n) {
  static int calls = 0; // here
  ++calls;
  return 2 * n;
}
double f(double x, int n) { return steps(n) > 2 ? x * x : x; }
//--- mended
#include <adgen/adgen.h>

ADGEN_INACTIVE int steps(int n) {
  static int calls = 0;
  ++calls;
  return 2 * n;
}
double f(double x, int n) { return steps(n) > 2 ? x * x : x; }
