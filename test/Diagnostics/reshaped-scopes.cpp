// RUN: not adgen %s --function f -o - 2>&1 | FileCheck %s
// RUN: adgen %s --function f --mode forward -o - | FileCheck %s --check-prefix=FORWARD
// A trip's own container is not exchanged with one from outside of the loop.
#include <utility>
#include <vector>
double f(std::vector<double> u, int n) {
  for (int t = 0; t < n; ++t) {
    std::vector<double> next;
    for (std::size_t i = 0; i < u.size(); ++i)
      next.push_back(u[i] * u[0]);
    // CHECK: :[[@LINE+2]]:{{[0-9]+}}: error: this changes containers that are declared in different loops, or one that is not known [adgen-reshaped-scopes]
    // FORWARD: std::swap(u_dot, next_dot)
    std::swap(u, next);
  }
  return u[0];
}
