// RUN: not adgen %s 2>&1 | FileCheck %s
// An algorithm that is not followed is no output or logging.
#include <numeric>
#include <vector>
double f(const std::vector<double> &x) {
  std::vector<double> y(x.size());
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: the derivative of library function 'std::partial_sum' is not known [adgen-unknown-function]
  std::partial_sum(x.begin(), x.end(), y.begin());
  return y.back();
}
