// The gradient of branching that adgen wrote.
#include "generated.h"

#include "branching_grad.h"

#ifdef BENCH_REFUSED
BENCH_NOT_COMPUTED(Branching, BENCH_REFUSED)
#else
static void gradient(const double *x, double *g) {
  g[0] = branching_grad(x[0], Branching::depth);
}
BENCH_COMPUTED(Branching)
#endif
