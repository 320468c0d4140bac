// RUN: %check-values %s
// Vectors that are copied, assigned and moved.
#include <utility>
#include <vector>

// CHECK-VALUES: copied wrt=x at=({1, 2, 3})
double copied(const std::vector<double> &x) {
  std::vector<double> y = x, z(x.begin(), x.end());
  y[0] = x[1] * x[2];
  z[1] *= y[0];
  y = z;
  return y[0] + y[1] * z[2];
}

// CHECK-VALUES: of_moved_vectors wrt=x at=(rand(3, 1), 3)
double of_moved_vectors(std::vector<double> x, int steps) {
  for (int t = 0; t < steps; ++t) {
    std::vector<double> y(x.size());
    for (std::size_t i = 0; i < x.size(); ++i)
      y[i] = x[i] * x[x.size() - 1 - i] + 0.5;
    x = std::move(y);
  }
  return x[0] / x[1];
}

// By member swap, by assignment, into the caller's vector.
// CHECK-VALUES: diffuse wrt=u,k at=(rand(4, 1), 0.25, 3),({2}, 0.25, 2),({}, 0.25, 2)
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
// CHECK-VALUES: burgers wrt=u,dt,nu at=(rand(6, 1), 0.05, 0.1, 3)
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
