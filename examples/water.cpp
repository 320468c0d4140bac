// Density (Kell) and viscosity (Vogel) of water. Who needs it: other files, as
// pressure_drop.cpp; this one is differentiated by itself, once, as a library
// would be.
#include "water.h"

#include <cmath>

double density(double temperature) {
  const double t = temperature;
  return (999.83952 +
          t * (16.945176 + t * (-7.9870401e-3 - 46.170461e-6 * t))) /
         (1 + 16.879850e-3 * t);
}

double viscosity(double temperature) {
  return 2.414e-5 * std::exp(570.58 / (temperature + 133.15));
}
