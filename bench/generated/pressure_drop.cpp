// The gradient of pressure_drop that adgen wrote.
#include "generated.h"

#include "pressure_drop_grad.h"

#ifdef BENCH_REFUSED
BENCH_NOT_COMPUTED(PressureDrop, BENCH_REFUSED)
#else
static void gradient(const double *x, double *g) {
  const auto r = pressure_drop_grad(x[0], x[1], x[2], PressureDrop::length);
  g[0] = r.flow, g[1] = r.diameter, g[2] = r.temperature;
}
BENCH_COMPUTED(PressureDrop)
#endif
