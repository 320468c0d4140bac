// Fits the shape of a lifetime's distribution to the share that failed by a
// time, by Newton's method: once by the series, once by the continued fraction.
//   adgen incomplete_gamma.cpp --function gamma_cdf --with-value
#include "differences.h"
#include "incomplete_gamma_grad.h"

#include <cmath>
#include <cstdio>

double gamma_cdf(double shape, double x);

static bool fit(double truth, double time) {
  const double failed = gamma_cdf(truth, time);
  double shape = time;
  bool good = true;
  for (int trial = 0; trial < 30; ++trial) {
    const gamma_cdf_gradient at = gamma_cdf_grad(shape, time);
    std::printf("shape %.12f: %.12f failed by %g\n", shape, at.value, time);
    if (trial == 0) {
      good &= agree("shape", at.shape, shape,
                    [&](double s) { return gamma_cdf(s, time); });
      good &=
          agree("x", at.x, time, [&](double x) { return gamma_cdf(shape, x); });
    }
    const double step = (at.value - failed) / at.shape;
    shape -= step;
    if (std::fabs(step) < 1e-13)
      break;
  }
  return good && std::fabs(shape - truth) < 1e-10;
}

int main() {
  const bool good = fit(3.5, 2) & fit(2.5, 4.2);
  std::puts(good ? "the shapes were found" : "the shapes were not found");
  return good ? 0 : 1;
}
