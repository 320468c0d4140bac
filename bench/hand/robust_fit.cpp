// A sum: each trip is differentiated where it stands, the loss itself is not
// computed, and the factors that all trips share are applied after the loop.
#include "hand.h"

#include <cmath>

/// Hampel's influence, the derivative of his loss.
static double influence(double u) {
  const double a = 1.5, b = 3, c = 6, size = std::fabs(u);
  if (size <= a)
    return u;
  if (size <= b)
    return std::copysign(a, u);
  if (size >= c)
    return 0;
  return std::copysign(a / (c - b) * (c - size), u);
}

hand::robust_fit_gradient hand::robust_fit_grad(double amplitude, double rate,
                                                double background, double width,
                                                int n, double seed) {
  double by_amplitude = 0, by_rate = 0, by_background = 0, by_width = 0;
  const double per_width = 1 / width;
  for (int i = 0; i < n; ++i) {
    const double t = 4.0 * i / n;
    const double scatter =
        0.05 * std::sin(12.9898 * i) + (i % 11 == 5 ? 0.8 : 0.0);
    const double seen = 2.0 * std::exp(-1.3 * t) + 0.4 + scatter;
    const double decay = std::exp(-rate * t);
    const double u = (seen - (amplitude * decay + background)) * per_width;
    const double psi = influence(u);
    by_amplitude -= psi * decay;
    by_rate += psi * decay * t;
    by_background -= psi;
    by_width -= psi * u;
  }
  const double unit = seed * per_width / n;
  return {unit * by_amplitude, unit * amplitude * by_rate, unit * by_background,
          unit * by_width + seed * per_width};
}
