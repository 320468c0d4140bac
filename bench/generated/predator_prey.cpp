// The gradient of predator_prey that adgen wrote.
#include "generated.h"

#include "predator_prey_grad.h"

#ifdef BENCH_REFUSED
BENCH_NOT_COMPUTED(PredatorPrey, BENCH_REFUSED)
#else
static void gradient(const double *x, double *g) {
  double prey = x[2], predators = x[3];
  g[2] = 1, g[3] = 0.5;
  const auto r =
      predator_prey_grad(x[0], x[1], PredatorPrey::h, PredatorPrey::steps, prey,
                         predators, g[2], g[3]);
  g[0] = r.capacity, g[1] = r.mortality;
}
BENCH_COMPUTED(PredatorPrey)
#endif
