// The adjoint of a step is a gather; the ends, which only keep their value, are
// two numbers. With respect to u alone nothing is kept; for k every step writes
// straight into the tape, and the sums for k are partial ones, in the same
// loop.
#include "hand.h"

#include <algorithm>
#include <memory>
#include <numeric>

/// One step forward.
static void step(double k, const double *__restrict u, double *__restrict next,
                 int n) {
  next[0] = u[0];
  next[n - 1] = u[n - 1];
  for (int i = 1; i < n - 1; ++i)
    next[i] = u[i] + k * (u[i - 1] - 2 * u[i] + u[i + 1]);
}

/// One step backward for the inner points 1 to n - 2; the others hold zero.
static void step_back(double k, const double *__restrict next_bar,
                      double *__restrict u_bar, int n) {
  const double middle = 1 - 2 * k;
  for (int i = 1; i < n - 1; ++i)
    u_bar[i] = middle * next_bar[i] + k * (next_bar[i - 1] + next_bar[i + 1]);
}

/// The same, and what every point adds to the adjoint of k, for the state u
/// before the step.
static void step_back(double k, const double *__restrict next_bar,
                      double *__restrict u_bar, const double *__restrict u,
                      double *__restrict k_bar, int n) {
  const double middle = 1 - 2 * k;
  for (int i = 1; i < n - 1; ++i) {
    u_bar[i] = middle * next_bar[i] + k * (next_bar[i - 1] + next_bar[i + 1]);
    k_bar[i] += (u[i - 1] - 2 * u[i] + u[i + 1]) * next_bar[i];
  }
}

namespace {
/// The adjoint of the state: the inner points, and the ends apart.
struct Adjoint {
  std::vector<double> inner, other;
  double left, right = 0;

  Adjoint(const double *u, const std::vector<double> &target, double seed)
      : inner(target.size()), other(target.size()) {
    const int n = target.size();
    for (int i = 1; i < n - 1; ++i)
      inner[i] = 2 * (u[i] - target[i]) * seed;
    left = 2 * (u[0] - target[0]) * seed;
    if (n > 1)
      right = 2 * (u[n - 1] - target[n - 1]) * seed;
  }

  /// What the step passes on to the ends; before `inner` is replaced.
  void pass_to_ends(double k) {
    const int n = inner.size();
    if (n > 2) {
      left += k * inner[1];
      right += k * inner[n - 2];
    }
  }

  std::vector<double> whole() {
    inner.front() = left;
    if (inner.size() > 1)
      inner.back() = right;
    return std::move(inner);
  }
};
} // namespace

hand::misfit_gradient hand::misfit_grad(std::vector<double> u,
                                        const std::vector<double> &target,
                                        double k, int steps, double seed) {
  const int n = u.size();
  steps = std::max(steps, 0);
  const std::unique_ptr<double[]> tape(
      new double[(std::size_t(steps) + 1) * n]);
  std::copy(u.begin(), u.end(), tape.get());
  double *state = tape.get();
  for (int t = 0; t < steps; ++t, state += n)
    step(k, state, state + n, n);

  Adjoint bar(state, target, seed);
  std::vector<double> k_bar(n);
  for (int t = 0; t < steps; ++t) {
    state -= n;
    bar.pass_to_ends(k);
    step_back(k, bar.inner.data(), bar.other.data(), state, k_bar.data(), n);
    std::swap(bar.inner, bar.other);
  }
  return {bar.whole(), std::accumulate(k_bar.begin(), k_bar.end(), 0.0)};
}

std::vector<double> hand::misfit_grad_u(std::vector<double> u,
                                        const std::vector<double> &target,
                                        double k, int steps, double seed) {
  const int n = u.size();
  std::vector<double> next(n);
  for (int t = 0; t < steps; ++t) {
    step(k, u.data(), next.data(), n);
    std::swap(u, next);
  }
  Adjoint bar(u.data(), target, seed);
  for (int t = 0; t < steps; ++t) {
    bar.pass_to_ends(k);
    step_back(k, bar.inner.data(), bar.other.data(), n);
    std::swap(bar.inner, bar.other);
  }
  return bar.whole();
}
