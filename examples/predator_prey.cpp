// Predators and their prey, whose growth is limited and whose loss saturates
// (Rosenzweig and MacArthur), by the Runge-Kutta method of rk4.h. Who needs it:
// ecologists and epidemiologists who fit such a model to counts, and ask which
// initial count or rate matters.
#include "rk4.h"

namespace {
struct Populations {
  void operator()(double, double prey, double predators, double capacity,
                  double mortality, double &prey_rate,
                  double &predator_rate) const {
    const double eaten = prey * predators / (1 + prey);
    prey_rate = prey * (1 - prey / capacity) - eaten;
    predator_rate = eaten - mortality * predators;
  }
};
} // namespace

/// Advances both populations in place.
void predator_prey(double capacity, double mortality, double h, int steps,
                   double &prey, double &predators) {
  for (int k = 0; k < steps; ++k)
    rk4_step(Populations{}, k * h, h, capacity, mortality, prey, predators);
}
