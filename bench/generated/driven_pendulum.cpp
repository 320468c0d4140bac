// The gradient of driven_pendulum that adgen wrote.
#include "generated.h"

#include "driven_pendulum_grad.h"

#ifdef BENCH_REFUSED
BENCH_NOT_COMPUTED(DrivenPendulum, BENCH_REFUSED)
#else
static void gradient(const double *x, double *g) {
  const auto r = driven_pendulum_grad(x[0], x[1], x[2], x[3], DrivenPendulum::h,
                                      DrivenPendulum::steps);
  g[0] = r.angle, g[1] = r.velocity, g[2] = r.length, g[3] = r.damping;
}
BENCH_COMPUTED(DrivenPendulum)
#endif
