// The gradient of band_radiance that adgen wrote.
#include "generated.h"

#include "band_radiance_grad.h"

#ifdef BENCH_REFUSED
BENCH_NOT_COMPUTED(BandRadiance, BENCH_REFUSED)
#else
static void gradient(const double *x, double *g) {
  const auto r = band_radiance_grad(x[0], x[1], x[2], BandRadiance::tolerance);
  g[0] = r.temperature, g[1] = r.low, g[2] = r.high;
}
BENCH_COMPUTED(BandRadiance)
#endif
