// The gradient of kinetics that adgen wrote.
#include "generated.h"

#include "kinetics_grad.h"

#ifdef BENCH_REFUSED
BENCH_NOT_COMPUTED(Kinetics, BENCH_REFUSED)
#else
static void gradient(const double *x, double *g) {
  const auto r =
      product_yield_grad(x[0], x[1], x[2], x[3], Kinetics::h, Kinetics::steps);
  g[0] = r.temperature, g[1] = r.energy1, g[2] = r.energy2, g[3] = r.energy3;
}
BENCH_COMPUTED(Kinetics)
#endif
