// The exponentials are kept; the logarithm is not computed. The shift by the
// maximum cancels, so that nothing is passed on to it.
#include "hand.h"

#include "sums.h"

#include <algorithm>
#include <cmath>
#include <memory>

void hand::logsumexp_grad(const double *x, int n, double *x_bar, double seed) {
  double m = x[0];
  for (int i = 1; i < n; ++i)
    m = std::max(m, x[i]);
  const std::unique_ptr<double[]> e(new double[n > 0 ? n : 0]);
  double s = 0;
  for (int i = 0; i < n; ++i) {
    e[i] = std::exp(x[i] - m);
    s += e[i];
  }
  add_scaled(seed / s, e.get(), x_bar, n);
}
