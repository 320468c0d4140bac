// The gradient of incomplete_gamma that adgen wrote.
#include "generated.h"

#include "incomplete_gamma_grad.h"

#ifdef BENCH_REFUSED
BENCH_NOT_COMPUTED(IncompleteGamma, BENCH_REFUSED)
#else
static void gradient(const double *x, double *g) {
  const auto r = gamma_cdf_grad(x[0], x[1]);
  g[0] = r.shape, g[1] = r.x;
}
BENCH_COMPUTED(IncompleteGamma)
#endif
