// The gradient of nested that adgen wrote.
#include "generated.h"

#include "nested_grad.h"

#ifdef BENCH_REFUSED
BENCH_NOT_COMPUTED(Nested, BENCH_REFUSED)
#else
static void gradient(const double *x, double *g) { g[0] = nested_grad(x[0]); }
BENCH_COMPUTED(Nested)
#endif
