// RUN: %check-example %s
// The assertion only looks.
#include <cassert>

double f(double x) {
  assert((x += 1) > 0); // here
  return x * x;
}
//--- mended
#include <cassert>

double f(double x) {
  x += 1;
  assert(x > 0);
  return x * x;
}
