// The gradient of implied_volatility that adgen wrote.
#include "generated.h"

#include "implied_volatility_grad.h"

#ifdef BENCH_REFUSED
BENCH_NOT_COMPUTED(ImpliedVolatility, BENCH_REFUSED)
#else
static void gradient(const double *x, double *g) {
  const auto r = implied_volatility_grad(x[0], x[1], x[2], x[3], x[4]);
  g[0] = r.price, g[1] = r.spot, g[2] = r.strike, g[3] = r.rate,
  g[4] = r.expiry;
}
BENCH_COMPUTED(ImpliedVolatility)
#endif
