#include <utility>
#include <vector>

// A string with fixed ends that starts at rest, by the leapfrog scheme; `c2` is
// the squared Courant number at every point. Returns the squared misfit of what
// a receiver records.
double wave_misfit(const std::vector<double> &c2,
                   const std::vector<double> &start,
                   const std::vector<double> &observed, int receiver) {
  const int n = c2.size();
  const int steps = observed.size();
  std::vector<double> before = start;
  std::vector<double> u = start;
  std::vector<double> after(n);
  double e = 0;
  for (int t = 0; t < steps; ++t) {
    after[0] = 0;
    after[n - 1] = 0;
    for (int i = 1; i < n - 1; ++i)
      after[i] =
          2 * u[i] - before[i] + c2[i] * (u[i - 1] - 2 * u[i] + u[i + 1]);
    std::swap(before, u);
    std::swap(u, after);
    const double d = u[receiver] - observed[t];
    e += d * d;
  }
  return e;
}
