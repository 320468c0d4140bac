// How badly an exponential decay fits measurements with outliers: Hampel's loss
// in parts, with early returns. Who needs it: anybody who fits a model to data
// that were not cleaned by hand.
#include <cmath>

/// Quadratic for small residuals, then linear, then falling off; outliers count
/// a constant.
static double hampel(double residual) {
  const double a = 1.5, b = 3, c = 6;
  const double size = std::fabs(residual);
  if (size <= a)
    return 0.5 * residual * residual;
  if (size <= b)
    return a * size - 0.5 * a * a;
  if (size >= c)
    return 0.5 * a * (b - a + c);
  const double slack = (c - size) / (c - b);
  return 0.5 * a * (b - a + c - (c - b) * slack * slack);
}

static double decay(double amplitude, double rate, double background,
                    double t) {
  return amplitude * std::exp(-rate * t) + background;
}

/// The i-th measurement: a decay, scattered by a fixed formula, every eleventh
/// one far off.
static double measured(int i, double t) {
  const double scatter =
      0.05 * std::sin(12.9898 * i) + (i % 11 == 5 ? 0.8 : 0.0);
  return decay(2.0, 1.3, 0.4, t) + scatter;
}

double robust_fit(double amplitude, double rate, double background,
                  double width, int n) {
  double loss = 0;
  for (int i = 0; i < n; ++i) {
    const double t = 4.0 * i / n;
    loss += hampel((measured(i, t) - decay(amplitude, rate, background, t)) /
                   width);
  }
  return loss / n + std::log(width);
}
