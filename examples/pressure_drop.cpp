// The pressure lost along a water pipe: laminar flow in closed form, turbulent
// flow by Colebrook's equation. Who needs it: whoever sizes a pipe or a pump;
// the properties of water come from another file, whose derivatives come from
// there too.
#include "water.h"

#include <cmath>

/// Darcy's friction factor.
static double friction(double reynolds, double roughness) {
  if (reynolds < 2300)
    return 64 / reynolds;
  double root = 6; // of the inverse factor
  for (int k = 0; k < 50; ++k) {
    const double next =
        -2 * std::log10(roughness / 3.7 + 2.51 * root / reynolds);
    const bool done = std::fabs(next - root) < 1e-12;
    root = next;
    if (done)
      break;
  }
  return 1 / (root * root);
}

/// Pa, for a flow in m3/s, a diameter in m and a temperature in degrees
/// Celsius.
double pressure_drop(double flow, double diameter, double temperature,
                     double length = 100.0) {
  const double rho = density(temperature);
  const double speed = flow / (0.25 * M_PI * diameter * diameter);
  const double reynolds = rho * speed * diameter / viscosity(temperature);
  return friction(reynolds, 5e-5 / diameter) * length / diameter * 0.5 * rho *
         speed * speed;
}
