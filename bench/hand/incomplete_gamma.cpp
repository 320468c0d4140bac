// Two inputs and one output: relative derivatives of the recurrences' terms,
// carried along with them, need no tape and no division beyond the primal's.
#include "hand.h"

#include <cmath>

namespace {

/// The derivative of lgamma for x > 0: recurrence, as one fraction, and
/// asymptotic series.
double digamma(double x) {
  double numerator = 0, denominator = 1;
  for (; x < 8; x += 1) {
    numerator = numerator * x + denominator;
    denominator *= x;
  }
  const double r = 1 / x, s = r * r;
  return std::log(x) - numerator / denominator - 0.5 * r -
         s * (1.0 / 12 -
              s * (1.0 / 120 -
                   s * (1.0 / 252 -
                        s * (1.0 / 240 -
                             s * (1.0 / 132 - s * (691.0 / 32760 - s / 12))))));
}

/// A value with its relative derivatives.
struct Expansion {
  double value, by_shape, by_x;
};

Expansion series(double shape, double x) {
  double term = 1 / shape, sum = term;
  double harmonic =
      term; // minus the relative derivative of the term by the shape
  double by_shape = term * harmonic, by_log_x = 0, power = 0;
  for (double n = shape + 1; term > 1e-16 * sum; n += 1) {
    const double inverse = 1 / n;
    term *= x * inverse;
    sum += term;
    harmonic += inverse;
    power += 1;
    by_shape += term * harmonic;
    by_log_x += term * power;
  }
  return {sum, -by_shape / sum, by_log_x / (x * sum)};
}

Expansion fraction(double shape, double x) {
  double b = x + 1 - shape, d = 1 / b, value = d, per_c = 1e-300;
  // Relative derivatives of c and d by the shape (s) and x.
  double c_s = 0, c_x = 0, d_s = d, d_x = -d;
  double by_shape = d_s, by_x = d_x;
  for (int i = 1; i < 500; ++i) {
    const double a = i * (shape - i), ad = a * d, ac = a * per_c;
    b += 2;
    const double c = b + ac, d_before = d;
    d = 1 / (ad + b);
    const double factor = c * d;
    const double c_s_next = i * per_c - 1 - ac * c_s, c_x_next = 1 - ac * c_x;
    per_c = 1 / c;
    c_s = per_c * c_s_next;
    c_x = per_c * c_x_next;
    d_s = -d * (i * d_before - 1 + ad * d_s);
    d_x = -d * (1 + ad * d_x);
    by_shape += c_s + d_s;
    by_x += c_x + d_x;
    value *= factor;
    if (std::fabs(factor - 1) < 1e-15)
      break;
  }
  return {value, by_shape, by_x};
}

} // namespace

hand::gamma_cdf_gradient hand::gamma_cdf_grad(double shape, double x,
                                              double seed) {
  if (x <= 0)
    return {0, 0};
  const bool below = x < shape + 1;
  const Expansion e = below ? series(shape, x) : fraction(shape, x);
  const double log_x = std::log(x);
  const double part = (below ? seed : -seed) * e.value *
                      std::exp(shape * log_x - x - std::lgamma(shape));
  return {part * (log_x - digamma(shape) + e.by_shape),
          part * (shape / x - 1 + e.by_x)};
}
