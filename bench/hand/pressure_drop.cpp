// Everything but the friction is a product of powers, whose relative
// derivatives add; each trip of the friction's iteration keeps its root and
// slope, so that the reverse sweep neither divides nor calls.
#include "hand.h"

#include <cmath>

namespace {
/// A friction factor with its relative derivatives by the logarithms of its
/// arguments.
struct Friction {
  double factor, by_reynolds, by_roughness;
};
} // namespace

static Friction friction(double reynolds, double roughness) {
  if (reynolds < 2300)
    return {64 / reynolds, -1, 0};
  const double rough = roughness / 3.7, smooth = 2.51 / reynolds,
               unit = -2 / std::log(10.0);
  double roots[50], slopes[50];
  int trips = 0;
  double root = 6;
  for (bool done = false; trips < 50 && !done; ++trips) {
    const double argument = rough + smooth * root;
    const double next = -2 * std::log10(argument);
    roots[trips] = root;
    slopes[trips] = unit / argument;
    done = std::fabs(next - root) < 1e-12;
    root = next;
  }
  // The factor is 1 / root^2; seeded with the derivative of its logarithm.
  double root_bar = -2 / root, rough_bar = 0, smooth_bar = 0;
  for (int k = trips - 1; k >= 0; --k) {
    const double argument_bar = slopes[k] * root_bar;
    rough_bar += argument_bar;
    smooth_bar += argument_bar * roots[k];
    root_bar = argument_bar * smooth;
  }
  return {1 / (root * root), -smooth_bar * smooth, rough_bar * rough};
}

hand::pressure_drop_gradient
hand::pressure_drop_grad(double flow, double diameter, double temperature,
                         double length, double seed) {
  const double t = temperature;
  const double below = 1 / (1 + 16.879850e-3 * t);
  const double rho =
      (999.83952 + t * (16.945176 + t * (-7.9870401e-3 - 46.170461e-6 * t))) *
      below;
  const double log_rho_slope =
      ((16.945176 + t * (-2 * 7.9870401e-3 - 3 * 46.170461e-6 * t)) / rho -
       16.879850e-3) *
      below;
  const double distance = 1 / (t + 133.15), exponent = 570.58 * distance;
  const double viscosity = 2.414e-5 * std::exp(exponent);

  const double speed = flow / (0.25 * M_PI * diameter * diameter);
  const Friction f =
      friction(rho * speed * diameter / viscosity, 5e-5 / diameter);
  const double loss =
      seed * f.factor * length / diameter * 0.5 * rho * speed * speed;
  // By logarithms: reynolds is flow / diameter * rho / viscosity, the rest
  // flow^2 / diameter^5 * rho.
  return {loss * (2 + f.by_reynolds) / flow,
          loss * (-5 - f.by_reynolds - f.by_roughness) / diameter,
          loss * (log_rho_slope +
                  f.by_reynolds * (log_rho_slope + exponent * distance))};
}
