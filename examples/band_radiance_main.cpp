// Reads a temperature from the power that a thermal camera measures between 8
// and 14 um, by Newton's method.
//   adgen band_radiance.cpp --wrt temperature,low,high --with-value
#include "band_radiance_grad.h"
#include "differences.h"

#include <cmath>
#include <cstdio>

double band_radiance(double temperature, double low, double high,
                     double tolerance);

int main() {
  const double low = 8, high = 14, tolerance = 1e-10, truth = 310.15;
  const double measured = band_radiance(truth, low, high, tolerance);

  double temperature = 280;
  bool good = true;
  for (int trial = 0; trial < 20; ++trial) {
    const band_radiance_gradient at =
        band_radiance_grad(temperature, low, high, tolerance);
    std::printf("%.9f K: %.9f W/(m2 sr)\n", temperature, at.value);
    if (trial == 0) {
      good &= agree("temperature", at.temperature, temperature, [&](double t) {
        return band_radiance(t, low, high, tolerance);
      });
      good &= agree("low", at.low, low, [&](double a) {
        return band_radiance(temperature, a, high, tolerance);
      });
      good &= agree("high", at.high, high, [&](double b) {
        return band_radiance(temperature, low, b, tolerance);
      });
    }
    const double step = (at.value - measured) / at.temperature;
    temperature -= step;
    if (std::fabs(step) < 1e-9)
      break;
  }
  good &= std::fabs(temperature - truth) < 1e-7;
  std::puts(good ? "the temperature was read" : "the temperature was not read");
  return good ? 0 : 1;
}
