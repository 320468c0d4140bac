// RUN: %check-example %s
// The output stands in the function that is differentiated.
// COMMAND: adgen example.cpp --function f
#include <cmath>
#include <cstdio>

static double observed(double x) {
  std::printf("%g\n", x);
  return std::sin(x);
}
double f(double x, int n) {
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j)
      x *= observed(x); // here
  return x;
}
//--- mended
#include <cmath>
#include <cstdio>

double f(double x, int n) {
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j) {
      std::printf("%g\n", x);
      x *= std::sin(x);
    }
  return x;
}
