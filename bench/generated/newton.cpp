// The gradient of newton that adgen wrote.
#include "generated.h"

#include "newton_grad.h"

#ifdef BENCH_REFUSED
BENCH_NOT_COMPUTED(Newton, BENCH_REFUSED)
#else
static void gradient(const double *x, double *g) {
  g[0] = cube_root_grad(x[0]);
}
BENCH_COMPUTED(Newton)
#endif
