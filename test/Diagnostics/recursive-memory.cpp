// RUN: not adgen %s --function f --wrt x 2>&1 | FileCheck %s
// A function that calls itself on memory of its caller is refused where its derivative would need an object of the forward sweep.
#include <vector>

// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this function calls itself and works on memory in a way that its derivative cannot follow: parameter 'v' is an object by value [adgen-recursive-memory]
static double sum(std::vector<double> v, int n) {
  if (n == 0)
    return 0;
  v[0] *= v[n];
  return v[0] + sum(v, n - 1);
}
double f(const std::vector<double> &x, int n) { return sum(x, n); }
