// RUN: %check-example %s
// The argument is one that the function stands.
// COMMAND: adgen check example.cpp --samples 1 --at n=-1
// MENDED: adgen check example.cpp --samples 1 --at n=2
#include <cstdlib>

double f(double x, int n) {
  if (n < 0)
    std::abort();
  return x * x * n;
}
