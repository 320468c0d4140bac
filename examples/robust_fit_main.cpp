// Fits a decay to measurements of which every eleventh is far off, by steepest
// descent with the step lengths of Barzilai and Borwein, shortened until the
// loss falls.
//   adgen robust_fit.cpp --function robust_fit --with-value
#include "differences.h"
#include "robust_fit_grad.h"

#include <cmath>
#include <cstdio>

double robust_fit(double amplitude, double rate, double background,
                  double width, int n);

static const double width = 0.1;
static const int n = 400;

static robust_fit_gradient loss(const double *p) {
  return robust_fit_grad(p[0], p[1], p[2], width, n);
}

int main() {
  double p[3] = {1.5, 0.8, 0.6};
  robust_fit_gradient at = loss(p);
  bool good = agree("amplitude", at.amplitude, p[0], [&](double a) {
    return robust_fit(a, p[1], p[2], width, n);
  });
  good &= agree("rate", at.rate, p[1],
                [&](double r) { return robust_fit(p[0], r, p[2], width, n); });
  good &= agree("background", at.background, p[2],
                [&](double b) { return robust_fit(p[0], p[1], b, width, n); });

  double length = 1e-3;
  for (int k = 0; k < 500; ++k) {
    const double g[3] = {at.amplitude, at.rate, at.background};
    const double slope = std::sqrt(g[0] * g[0] + g[1] * g[1] + g[2] * g[2]);
    if (k % 10 == 0 || slope < 1e-10)
      std::printf("amplitude %.9f, rate %.9f, background %.9f, slope %.1e\n",
                  p[0], p[1], p[2], slope);
    if (slope < 1e-10)
      break;
    double next[3];
    robust_fit_gradient there = at;
    for (;; length /= 2) {
      for (int i = 0; i < 3; ++i)
        next[i] = p[i] - length * g[i];
      there = loss(next);
      if (there.value <= at.value || length * slope < 1e-15)
        break;
    }
    const double change[3] = {there.amplitude - g[0], there.rate - g[1],
                              there.background - g[2]};
    double step_step = 0, step_change = 0;
    for (int i = 0; i < 3; ++i) {
      step_step += (next[i] - p[i]) * (next[i] - p[i]);
      step_change += (next[i] - p[i]) * change[i];
      p[i] = next[i];
    }
    length = step_change > 0 ? step_step / step_change : 2 * length;
    at = there;
  }
  good &= std::fabs(p[0] - 2) < 0.05 && std::fabs(p[1] - 1.3) < 0.05 &&
          std::fabs(p[2] - 0.4) < 0.05;
  std::puts(good ? "the decay was found" : "the decay was not found");
  return good ? 0 : 1;
}
