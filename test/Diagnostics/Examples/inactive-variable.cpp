// RUN: %check-example %s
// The value is a parameter that is marked.
#include <adgen/adgen.h>

double f(double x) {
  ADGEN_INACTIVE double step = x / 100; // here
  return x * step;
}
//--- mended
#include <adgen/adgen.h>

double f(double x, ADGEN_INACTIVE double step) {
  return x * step;
}
