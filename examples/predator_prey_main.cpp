// How many prey must there be now for a given number of predators later? The
// adjoints of what the function leaves in its arguments are the seeds, and turn
// into those of what it was given.
//   adgen predator_prey.cpp --function predator_prey --wrt capacity,mortality
#include "differences.h"
#include "predator_prey_grad.h"

#include <cmath>
#include <cstdio>

void predator_prey(double capacity, double mortality, double h, int steps,
                   double &prey, double &predators);

static double predators_later(double capacity, double mortality, double prey,
                              double predators) {
  predator_prey(capacity, mortality, 0.05, 200, prey, predators);
  return predators;
}

int main() {
  const double capacity = 3, mortality = 0.5, predators_now = 0.9, wanted = 1.2;
  double prey_now = 1.2;
  bool good = true;
  for (int trial = 0; trial < 20; ++trial) {
    double prey = prey_now, predators = predators_now;
    double prey_bar = 0, predators_bar = 1; // of the predators at the end
    const predator_prey_gradient by =
        predator_prey_grad(capacity, mortality, 0.05, 200, prey, predators,
                           prey_bar, predators_bar);
    std::printf("prey %.12f, predators later %.12f\n", prey_now, predators);
    if (trial == 0) {
      good &= agree("capacity", by.capacity, capacity, [&](double c) {
        return predators_later(c, mortality, prey_now, predators_now);
      });
      good &= agree("mortality", by.mortality, mortality, [&](double m) {
        return predators_later(capacity, m, prey_now, predators_now);
      });
      good &= agree("prey", prey_bar, prey_now, [&](double p) {
        return predators_later(capacity, mortality, p, predators_now);
      });
      good &= agree("predators", predators_bar, predators_now, [&](double p) {
        return predators_later(capacity, mortality, prey_now, p);
      });
    }
    const double step = (predators - wanted) / prey_bar;
    prey_now -= step;
    if (std::fabs(step) < 1e-12)
      break;
  }
  good &=
      std::fabs(predators_later(capacity, mortality, prey_now, predators_now) -
                wanted) < 1e-11;
  std::puts(good ? "the number of prey was found"
                 : "the number of prey was not found");
  return good ? 0 : 1;
}
