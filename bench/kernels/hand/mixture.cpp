// Fused by points: kept are the k products Q (x - mean) of one point and the
// exponentials. The logarithm of the sum is not computed. What a component's
// share adds to its weight and log-determinant, and the slope of the diagonal's
// exponential, are applied once, after the loop.
#include "hand.h"

#include "sums.h"

#include <algorithm>
#include <cmath>

/// The exponentials of x less its maximum; returns their sum.
static double exponentials(const double *x, double *e, int n) {
  double m = x[0];
  for (int i = 1; i < n; ++i)
    m = std::max(m, x[i]);
  double s = 0;
  for (int i = 0; i < n; ++i) {
    e[i] = std::exp(x[i] - m);
    s += e[i];
  }
  return s;
}

/// b += s x and y += s a: one element of Q diff, backwards.
static void pass_on(double s, const double *__restrict x,
                    const double *__restrict a, double *__restrict b,
                    double *__restrict y, int n) {
  for (int j = 0; j < n; ++j) {
    b[j] += s * x[j];
    y[j] += s * a[j];
  }
}

void hand::mixture_log_likelihood_grad(const double *weights,
                                       const double *means, const double *icf,
                                       const double *x, int n, int k, int d,
                                       double *weights_bar, double *means_bar,
                                       double *icf_bar, double seed) {
  const int size = d * (d + 1) / 2;
  std::vector<double> diagonal(k * d), log_weight(weights, weights + k);
  for (int c = 0; c < k; ++c)
    for (int r = 0; r < d; ++r) {
      diagonal[c * d + r] = std::exp(icf[c * size + r]);
      log_weight[c] += icf[c * size + r];
    }

  std::vector<double> diff(k * d), product(k * d), term(k), e(k);
  std::vector<double> diff_bar(d), diagonal_bar(k * d), share(k);
  for (int i = 0; i < n; ++i) {
    for (int c = 0; c < k; ++c) {
      const double *lower = icf + c * size + d;
      double *delta = &diff[c * d];
      for (int r = 0; r < d; ++r)
        delta[r] = x[i * d + r] - means[c * d + r];
      double norm2 = 0;
      for (int r = 0; r < d; ++r) {
        double q = diagonal[c * d + r] * delta[r];
        for (int j = 0; j < r; ++j)
          q += lower[r * (r - 1) / 2 + j] * delta[j];
        product[c * d + r] = q;
        norm2 += q * q;
      }
      term[c] = log_weight[c] - 0.5 * norm2;
    }
    const double scale = seed / exponentials(term.data(), e.data(), k);

    for (int c = 0; c < k; ++c) {
      const double term_bar = e[c] * scale;
      share[c] += term_bar;
      const double *lower = icf + c * size + d;
      double *lower_bar = icf_bar + c * size + d;
      const double *delta = &diff[c * d];
      std::fill(diff_bar.begin(), diff_bar.end(), 0.0);
      for (int r = 0; r < d; ++r) {
        const double q_bar = -product[c * d + r] * term_bar;
        diagonal_bar[c * d + r] += q_bar * delta[r];
        diff_bar[r] += diagonal[c * d + r] * q_bar;
        pass_on(q_bar, delta, lower + r * (r - 1) / 2,
                lower_bar + r * (r - 1) / 2, diff_bar.data(), r);
      }
      for (int r = 0; r < d; ++r)
        means_bar[c * d + r] -= diff_bar[r];
    }
  }

  const double scale = n * seed / exponentials(weights, e.data(), k);
  for (int c = 0; c < k; ++c) {
    weights_bar[c] += share[c] - e[c] * scale;
    for (int r = 0; r < d; ++r)
      icf_bar[c * size + r] +=
          share[c] + diagonal[c * d + r] * diagonal_bar[c * d + r];
  }
}
