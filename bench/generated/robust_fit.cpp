// The gradient of robust_fit that adgen wrote.
#include "generated.h"

#include "robust_fit_grad.h"

#ifdef BENCH_REFUSED
BENCH_NOT_COMPUTED(RobustFit, BENCH_REFUSED)
#else
static void gradient(const double *x, double *g) {
  const auto r = robust_fit_grad(x[0], x[1], x[2], x[3], RobustFit::n);
  g[0] = r.amplitude, g[1] = r.rate, g[2] = r.background, g[3] = r.width;
}
BENCH_COMPUTED(RobustFit)
#endif
