// The gradient of recurrence that adgen wrote.
#include "generated.h"

#include "recurrence_grad.h"

#ifdef BENCH_REFUSED
BENCH_NOT_COMPUTED(Recurrence, BENCH_REFUSED)
#else
static void gradient(const double *x, double *g) {
  const auto r = logistic_map_grad(x[0], x[1], Recurrence::n);
  g[0] = r.r, g[1] = r.x;
}
BENCH_COMPUTED(Recurrence)
#endif
