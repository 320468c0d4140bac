// RUN: %check-example %s
// The function gets the vector by reference.
// COMMAND: adgen example.cpp --function f
#include <vector>

static double product(std::vector<double> v, int n) { // here
  if (n == 0)
    return 1;
  v[0] *= v[n];
  return v[0] * product(v, n - 1);
}
double f(const std::vector<double> &x) { return product(x, 3); }
//--- mended
#include <vector>

static double product(const std::vector<double> &v, double first, int n) {
  if (n == 0)
    return 1;
  first *= v[n];
  return first * product(v, first, n - 1);
}
double f(const std::vector<double> &x) { return product(x, x[0], 3); }
