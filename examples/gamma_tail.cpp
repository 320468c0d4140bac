// The upper tail of the gamma distribution by its continued fraction (Lentz's method). Who needs it:
// statisticians who fit a shape by maximum likelihood; libraries have the function, but not its
// derivative by the shape.
#include <cmath>

double gamma_tail(double shape, double x) {
  const double tiny = 1e-300;
  double b = x + 1 - shape;
  double c = 1 / tiny;
  double d = 1 / b;
  double fraction = d;
  for (int i = 1; i < 500; ++i) {
    const double a = -i * (i - shape);
    b += 2;
    d = a * d + b;
    if (std::fabs(d) < tiny)
      d = tiny;
    c = b + a / c;
    if (std::fabs(c) < tiny)
      c = tiny;
    d = 1 / d;
    const double factor = d * c;
    fraction *= factor;
    if (std::fabs(factor - 1) < 1e-15)
      break;
  }
  return fraction * std::exp(shape * std::log(x) - x - std::lgamma(shape));
}
