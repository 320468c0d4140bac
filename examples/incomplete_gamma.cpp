// The distribution function of the gamma distribution (the regularized
// incomplete gamma function): a series below the mode, a continued fraction
// above. Who needs it: reliability and insurance fit shapes to censored data;
// libraries have the function, but not its derivative by the shape.
#include <cmath>

namespace gamma_distribution {

/// x^shape e^-x / Gamma(shape), the factor that both expansions share.
inline double scale(double shape, double x) {
  return std::exp(shape * std::log(x) - x - std::lgamma(shape));
}

/// The series of the lower part, for x < shape + 1.
inline double series(double shape, double x) {
  double term = 1 / shape;
  double sum = term;
  for (double n = shape + 1; term > 1e-16 * sum; n += 1) {
    term *= x / n;
    sum += term;
  }
  return sum;
}

/// The continued fraction of the upper part, for x >= shape + 1, by Lentz's
/// method.
inline double fraction(double shape, double x) {
  double b = x + 1 - shape;
  double c = 1e300;
  double d = 1 / b;
  double value = d;
  for (int i = 1; i < 500; ++i) {
    const double a = i * (shape - i);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    const double factor = c * d;
    value *= factor;
    if (std::fabs(factor - 1) < 1e-15)
      break;
  }
  return value;
}

} // namespace gamma_distribution

double gamma_cdf(double shape, double x) {
  using namespace gamma_distribution;
  if (x <= 0)
    return 0;
  if (x < shape + 1)
    return scale(shape, x) * series(shape, x);
  return 1 - scale(shape, x) * fraction(shape, x);
}
