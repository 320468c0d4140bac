// RUN: %check-example %s
// The instruction is written in C++.
double f(double x) {
  double y;
  asm("sqrtsd %1, %0" : "=x"(y) : "x"(x)); // here
  return y;
}
//--- mended
#include <cmath>

double f(double x) {
  return std::sqrt(x);
}
