//--- original
#include <utility>
#include <vector>

// CHECK-VALUES: misfit wrt=u,k at=({1, 2, 0.5, -1}, {0, 1, 0, 0.25}, 0.25, 3),({1, 2, 0.5, -1}, {0, 1, 0, 0.25}, 0.25, 2),({2, 1}, {0, 1}, 0.25, 2),({2}, {3}, 0.5, 1),(rand(5, 1), rand(5, 2), 0.125, 1),(rand(5, 1), rand(5, 2), 0.125, 0)
double misfit(std::vector<double> u, const std::vector<double> &target,
              double k, int steps) {
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
//--- header
#include <vector>
struct misfit_gradient { std::vector<double> u; double k; };
struct misfit_dual { double value, dot; };
misfit_gradient misfit_grad(std::vector<double> u, const std::vector<double> &target, double k,
                            int steps, double seed = 1);
misfit_dual misfit_jvp(std::vector<double> u, const std::vector<double> &target, double k, int steps,
                       std::vector<double> u_dot, double k_dot);
//--- derivative
#include <algorithm>
misfit_gradient misfit_grad(std::vector<double> u,
                            const std::vector<double> &target, double k,
                            int steps, double seed) {
  // Forward sweep.
  const int n = u.size();
  std::vector<double> next(n);
  std::vector<std::vector<double>> u_tape(std::max(steps, 0)); // for k_bar
  for (int t = 0; t < steps; ++t) {
    u_tape[t] = u;
    next[0] = u[0];
    next[n - 1] = u[n - 1];
    for (int i = 1; i < n - 1; ++i)
      next[i] = u[i] + k * (u[i - 1] - 2 * u[i] + u[i + 1]);
    std::swap(u, next);
  }

  // Reverse sweep.
  double k_bar = 0;
  std::vector<double> u_bar(n);
  std::vector<double> next_bar(n);
  for (int i = 0; i < n; ++i) {
    // e += (u[i] - target[i]) * (u[i] - target[i])
    u_bar[i] += 2 * (u[i] - target[i]) * seed;
  }
  for (int t = steps - 1; t >= 0; --t) {
    u = u_tape[t];
    // std::swap(u, next)
    std::swap(u_bar, next_bar);
    for (int i = n - 2; i >= 1; --i) {
      // next[i] = u[i] + k * (u[i - 1] - 2 * u[i] + u[i + 1])
      const double t_bar = next_bar[i];
      next_bar[i] = 0;
      k_bar += (u[i - 1] - 2 * u[i] + u[i + 1]) * t_bar;
      u_bar[i - 1] += k * t_bar;
      u_bar[i] += (1 - 2 * k) * t_bar;
      u_bar[i + 1] += k * t_bar;
    }
    // next[n - 1] = u[n - 1]
    u_bar[n - 1] += next_bar[n - 1];
    next_bar[n - 1] = 0;
    // next[0] = u[0]
    u_bar[0] += next_bar[0];
    next_bar[0] = 0;
  }
  return {std::move(u_bar), k_bar};
}
misfit_dual misfit_jvp(std::vector<double> u, const std::vector<double> &target, double k, int steps,
                       std::vector<double> u_dot, double k_dot) {
  const int n = u.size();
  std::vector<double> next(n), next_dot(n);
  for (int t = 0; t < steps; ++t) {
    next[0] = u[0];
    next[n - 1] = u[n - 1];
    next_dot[0] = u_dot[0];
    next_dot[n - 1] = u_dot[n - 1];
    for (int i = 1; i < n - 1; ++i) {
      next[i] = u[i] + k * (u[i - 1] - 2 * u[i] + u[i + 1]);
      next_dot[i] = u_dot[i] + k_dot * (u[i - 1] - 2 * u[i] + u[i + 1]) +
                    k * (u_dot[i - 1] - 2 * u_dot[i] + u_dot[i + 1]);
    }
    std::swap(u, next);
    std::swap(u_dot, next_dot);
  }
  double e = 0, e_dot = 0;
  for (int i = 0; i < n; ++i) {
    e_dot += 2 * (u[i] - target[i]) * u_dot[i];
    e += (u[i] - target[i]) * (u[i] - target[i]);
  }
  return {e, e_dot};
}
//--- valued
double misfit(std::vector<double> u, const std::vector<double> &target, double k, int steps);
struct misfit_gradient_v { double value; std::vector<double> u; double k; };
inline misfit_gradient_v misfit_grad_v(std::vector<double> u, const std::vector<double> &target, double k, int steps, double seed = 1) {
  misfit_gradient g = misfit_grad(u, target, k, steps, seed);
  return {misfit(u, target, k, steps), g.u, g.k};
}
//--- faults
not_swapped: std::swap(u_bar, next_bar); => ;
not_restored: u = u_tape[t]; => ;
taped_late: u = u_tape[t] => u = u_tape[steps - 1 - t]
inner_not_zeroed: next_bar[i] = 0; => ;
end_not_zeroed: next_bar[n - 1] = 0; => ;
stencil_short: i = n - 2; i >= 1; => i = n - 2; i > 1;
stencil_sign: u_bar[i + 1] += k => u_bar[i + 1] -= k
stencil_assigned: u_bar[i] += (1 - 2 * k) => u_bar[i] = (1 - 2 * k)
coefficient_of_one_step: k_bar += ( => k_bar = (
shape: return {std::move(u_bar), k_bar} => u_bar.resize(n - 1); return {std::move(u_bar), k_bar}
