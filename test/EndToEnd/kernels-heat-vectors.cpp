// RUN: %check-values %s
// Time steps on vectors that are swapped.
#include <utility>
#include <vector>

// CHECK-VALUES: misfit wrt=u,k at=(rand(5, 1), rand(5, 2), 0.25, 3),(rand(5, 1), rand(5, 2), 0.25, 2),({2, 3}, {1, 2}, 0.25, 2),({2}, {3}, 0.5, 1),(rand(5, 1), rand(5, 2), 0.125, 0)
// CHECK-VALUES: misfit wrt=u,target,k at=(rand(5, 1), rand(5, 2), 0.25, 3)
double misfit(std::vector<double> u, const std::vector<double> &target, double k, int steps) {
  const int n = u.size();
  std::vector<double> next(n);
  for (int t = 0; t < steps; ++t) {
    next[0] = u[0];
    next[n - 1] = u[n - 1];
    for (int i = 1; i < n - 1; ++i)
      next[i] = u[i] + k * (u[i - 1] - 2 * u[i] + u[i + 1]);
    std::swap(u, next);
  }
  double e = 0;
  for (int i = 0; i < n; ++i)
    e += (u[i] - target[i]) * (u[i] - target[i]);
  return e;
}
