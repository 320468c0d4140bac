// RUN: %check-example %s
// The function has external linkage, and is called where it is.
// COMMAND: adgen example.cpp --function f
#include <adgen/adgen.h>

ADGEN_INACTIVE static int count(int n) {
  static int calls = 0; // here
  return calls += n;
}
double f(double x) { return count(1) > 2 ? x * x : x; }
//--- mended
#include <adgen/adgen.h>

ADGEN_INACTIVE int count(int n) {
  static int calls = 0;
  return calls += n;
}
double f(double x) { return count(1) > 2 ? x * x : x; }
