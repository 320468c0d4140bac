// The power that a black body radiates in a band of wavelengths: Planck's law,
// integrated by the adaptive Simpson rule, which calls itself. Who needs it: a
// thermal camera is calibrated by it, and reads a temperature from a measured
// power with its derivative.
#include <cmath>

/// W/(m2 sr um) at a wavelength in um and a temperature in K.
static double planck(double wavelength, double temperature) {
  const double c1 = 1.191042972e8, c2 = 1.438776877e4;
  return c1 / (std::pow(wavelength, 5) *
               std::expm1(c2 / (wavelength * temperature)));
}

static double simpson(double width, double left, double middle, double right) {
  return width / 6 * (left + 4 * middle + right);
}

/// The integral from a to b, given the integrand at a, in the middle and at b,
/// and Simpson's value.
static double refine(double temperature, double a, double b, double fa,
                     double fm, double fb, double whole, double tolerance,
                     int depth) {
  const double m = 0.5 * (a + b);
  const double fl = planck(0.5 * (a + m), temperature);
  const double fr = planck(0.5 * (m + b), temperature);
  const double left = simpson(m - a, fa, fl, fm);
  const double right = simpson(b - m, fm, fr, fb);
  const double change = left + right - whole;
  if (depth == 0 || std::fabs(change) <= 15 * tolerance)
    return left + right + change / 15;
  return refine(temperature, a, m, fa, fl, fm, left, 0.5 * tolerance,
                depth - 1) +
         refine(temperature, m, b, fm, fr, fb, right, 0.5 * tolerance,
                depth - 1);
}

double band_radiance(double temperature, double low, double high,
                     double tolerance = 1e-8) {
  const double fa = planck(low, temperature);
  const double fm = planck(0.5 * (low + high), temperature);
  const double fb = planck(high, temperature);
  return refine(temperature, low, high, fa, fm, fb,
                simpson(high - low, fa, fm, fb), tolerance, 30);
}
