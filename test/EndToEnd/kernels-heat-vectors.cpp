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

// By member swap, by assignment, into the caller's vector.
// REFUSED [adgen-container-call]: diffuse wrt=u,k at=(rand(4, 1), 0.25, 3),({2}, 0.25, 2),({}, 0.25, 2)
void diffuse(std::vector<double> &u, double k, int steps) {
  std::vector<double> next(u.size());
  for (int t = 0; t < steps; ++t) {
    for (std::size_t i = 0; i < u.size(); ++i) {
      double flow = 0;
      if (i > 0)
        flow += u[i - 1] - u[i];
      if (i + 1 < u.size())
        flow += u[i + 1] - u[i];
      next[i] = u[i] + k * u[i] * flow;
    }
    if (t % 2 == 0)
      u.swap(next);
    else
      u = next;
  }
}

// Burgers' equation; a range-based loop sums.
// REFUSED [adgen-container-call]: burgers wrt=u,dt,nu at=(rand(6, 1), 0.05, 0.1, 3)
double burgers(std::vector<double> u, double dt, double nu, int steps) {
  const std::size_t n = u.size();
  const double h = 1.0 / n;
  for (int s = 0; s < steps; ++s) {
    std::vector<double> v = u;
    for (std::size_t i = 0; i < n; ++i) {
      const double l = u[(i + n - 1) % n], c = u[i], r = u[(i + 1) % n];
      v[i] = c - dt * c * (r - l) / (2 * h) + dt * nu * (l - 2 * c + r) / (h * h);
    }
    u = v;
  }
  double sum = 0;
  for (double x : u)
    sum += x * x * h;
  return sum;
}
