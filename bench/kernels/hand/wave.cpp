// Every step writes straight into the tape, which c2_bar needs. The adjoint of
// a step is a gather over the adjoints of two steps, of which the older is
// overwritten; c2_bar is added to in the same loop.
#include "hand.h"

#include <algorithm>
#include <memory>

static void step(const double *__restrict c2, const double *__restrict before,
                 const double *__restrict u, double *__restrict after, int n) {
  after[0] = 0;
  after[n - 1] = 0;
  for (int i = 1; i < n - 1; ++i)
    after[i] = 2 * u[i] - before[i] + c2[i] * (u[i - 1] - 2 * u[i] + u[i + 1]);
}

/// From the adjoint of the state after the step, whose ends are zero, and what
/// the step after that one passes to u (less `u_bar`), the adjoint of u in
/// `u_bar`, whose ends are left alone.
static void step_back(const double *__restrict c2, const double *__restrict u,
                      const double *__restrict after_bar,
                      double *__restrict u_bar, double *__restrict c2_bar,
                      int n) {
  for (int i = 1; i < n - 1; ++i) {
    u_bar[i] = 2 * after_bar[i] - u_bar[i] + c2[i - 1] * after_bar[i - 1] -
               2 * (c2[i] * after_bar[i]) + c2[i + 1] * after_bar[i + 1];
    c2_bar[i] += (u[i - 1] - 2 * u[i] + u[i + 1]) * after_bar[i];
  }
}

void hand::wave_misfit_grad(const std::vector<double> &c2,
                            const std::vector<double> &start,
                            const std::vector<double> &observed, int receiver,
                            std::vector<double> &c2_bar,
                            std::vector<double> &start_bar, double seed) {
  const int n = c2.size();
  const int steps = observed.size();
  if (steps == 0)
    return;
  // Rows 0 and 1 are the start.
  const std::unique_ptr<double[]> tape(
      new double[(std::size_t(steps) + 2) * n]);
  double *u = tape.get() + n;
  std::copy(start.begin(), start.end(), tape.get());
  std::copy(start.begin(), start.end(), u);
  for (int t = 0; t < steps; ++t, u += n)
    step(c2.data(), u - n, u, u + n, n);

  // `later` is the adjoint of the state after the one that `bar` belongs to.
  // Adjoints of the ends are dropped, as every state but the start has zeros
  // there.
  std::vector<double> bar(n), later(n);
  const auto receive = [&](int t, const double *state) {
    if (receiver != 0 && receiver != n - 1)
      bar[receiver] += 2 * (state[receiver] - observed[t]) * seed;
  };
  receive(steps - 1, u);
  for (int t = steps - 1; t >= 0; --t) {
    u -= n;
    step_back(c2.data(), u, bar.data(), later.data(), c2_bar.data(), n);
    std::swap(bar, later);
    if (t > 0)
      receive(t - 1, u);
  }
  // The start is also what was before it, and its ends are free.
  for (int i = 1; i < n - 1; ++i)
    start_bar[i] += bar[i] - later[i];
  if (n > 2) {
    start_bar[0] += c2[1] * later[1];
    start_bar[n - 1] += c2[n - 2] * later[n - 2];
  }
}
