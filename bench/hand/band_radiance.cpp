// The result is a sum of the integrand's values with weights that the decisions
// alone determine, so that the adjoint of a value is its weight: one descent
// computes both, and nothing is taped. On an interval that is not divided the
// weights are Boole's, which is what the extrapolated rule comes to. All points
// are fixed fractions of the band, so that its ends take two sums over the
// points.
#include "hand.h"

#include <cmath>

namespace {

struct Point {
  double wavelength, value;
  double slope; // of log(value) by log(temperature)
};

struct Descent {
  double temperature;
  double by_temperature = 0; // the sum of weight * value * slope
  double by_wavelength = 0;  // of weight times the derivative by the wavelength
  double moment = 0;         // of that times the wavelength

  Point planck(double w) const {
    const double c1 = 1.191042972e8, c2 = 1.438776877e4;
    const double z = c2 / (w * temperature), m = std::expm1(z), square = w * w;
    const double per_m = 1 / m;
    return {w, c1 * per_m / (square * square * w), z + z * per_m};
  }

  void weigh(const Point &p, double weight) {
    const double amount = weight * p.value;
    const double relative = amount * (p.slope - 5);
    by_temperature += amount * p.slope;
    moment += relative;
    by_wavelength += relative / p.wavelength;
  }

  double refine(const Point &a, const Point &m, const Point &b, double whole,
                double tolerance, int depth, double &a_bar, double &m_bar,
                double &b_bar) {
    const double width = b.wavelength - a.wavelength;
    const Point l = planck(0.5 * (a.wavelength + m.wavelength));
    const Point r = planck(0.5 * (m.wavelength + b.wavelength));
    const double left = width / 12 * (a.value + 4 * l.value + m.value);
    const double right = width / 12 * (m.value + 4 * r.value + b.value);
    const double change = left + right - whole;
    if (depth == 0 || std::fabs(change) <= 15 * tolerance) {
      const double unit = width / 90;
      a_bar += 7 * unit;
      m_bar += 12 * unit;
      b_bar += 7 * unit;
      weigh(l, 32 * unit);
      weigh(r, 32 * unit);
      return left + right + change / 15;
    }
    double l_bar = 0, r_bar = 0;
    const double sum =
        refine(a, l, m, left, 0.5 * tolerance, depth - 1, a_bar, l_bar, m_bar) +
        refine(m, r, b, right, 0.5 * tolerance, depth - 1, m_bar, r_bar, b_bar);
    weigh(l, l_bar);
    weigh(r, r_bar);
    return sum;
  }
};

} // namespace

hand::band_radiance_gradient hand::band_radiance_grad(double temperature,
                                                      double low, double high,
                                                      double tolerance,
                                                      double seed) {
  Descent descent{temperature};
  const Point a = descent.planck(low);
  const Point m = descent.planck(0.5 * (low + high));
  const Point b = descent.planck(high);
  const double width = high - low;
  double a_bar = 0, m_bar = 0, b_bar = 0;
  const double integral =
      descent.refine(a, m, b, width / 6 * (a.value + 4 * m.value + b.value),
                     tolerance, 30, a_bar, m_bar, b_bar);
  descent.weigh(a, a_bar);
  descent.weigh(m, m_bar);
  descent.weigh(b, b_bar);

  const double unit = seed / width;
  return {seed / temperature * descent.by_temperature,
          unit * (high * descent.by_wavelength - descent.moment - integral),
          unit * (descent.moment - low * descent.by_wavelength + integral)};
}
