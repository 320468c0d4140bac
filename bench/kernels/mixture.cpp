#include <algorithm>
#include <cmath>
#include <vector>

static double logsumexp(const std::vector<double> &x) {
  double m = x[0];
  for (double v : x)
    m = std::max(m, v);
  double s = 0;
  for (double v : x)
    s += std::exp(v - m);
  return m + std::log(s);
}

// The log-likelihood, but for a constant, of n points x in d dimensions under k
// Gaussians. The inverse covariance of each is Q' Q; `icf` holds, for each, the
// logarithms of Q's diagonal, then its strictly lower rows.
double mixture_log_likelihood(const double *weights, const double *means,
                              const double *icf, const double *x, int n, int k,
                              int d) {
  const int size = d * (d + 1) / 2;
  std::vector<double> diagonal(k * d), log_det(k);
  for (int c = 0; c < k; ++c)
    for (int r = 0; r < d; ++r) {
      diagonal[c * d + r] = std::exp(icf[c * size + r]);
      log_det[c] += icf[c * size + r];
    }

  std::vector<double> diff(d), term(k);
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    for (int c = 0; c < k; ++c) {
      const double *lower = icf + c * size + d;
      for (int r = 0; r < d; ++r)
        diff[r] = x[i * d + r] - means[c * d + r];
      double norm2 = 0;
      for (int r = 0; r < d; ++r) {
        double q = diagonal[c * d + r] * diff[r];
        for (int j = 0; j < r; ++j)
          q += lower[r * (r - 1) / 2 + j] * diff[j];
        norm2 += q * q;
      }
      term[c] = weights[c] + log_det[c] - 0.5 * norm2;
    }
    sum += logsumexp(term);
  }
  return sum - n * logsumexp(std::vector<double>(weights, weights + k));
}
