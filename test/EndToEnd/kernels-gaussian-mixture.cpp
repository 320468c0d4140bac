// RUN: %check-values %s
// The log-likelihood of a Gaussian mixture, as ADBench poses it: many points, few components.
#include <cmath>
#include <vector>

double logsumexp(const double *x, int n) {
  double m = x[0];
  for (int i = 1; i < n; ++i)
    if (x[i] > m)
      m = x[i];
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += std::exp(x[i] - m);
  return m + std::log(s);
}

// `inverse` holds, for each component, the logarithms of the diagonal and then the strict lower triangle
// of the inverse factor, by columns.
// CHECK-VALUES: log_likelihood wrt=alpha,mean,inverse at=(2, 3, 4, rand(3, 1), rand(6, 2), rand(9, 3), rand(8, 4)),(1, 1, 1, {0.5}, {0.25}, {-0.5}, {2}),(2, 2, 0, rand(2, 1), rand(4, 2), rand(6, 3), {})
// CHECK-VALUES: log_likelihood wrt=alpha,mean,inverse,x at=(2, 2, 2, rand(2, 1), rand(4, 2), rand(6, 3), rand(4, 4))
double log_likelihood(int d, int k, int n, const double *alpha, const double *mean, const double *inverse,
                      const double *x) {
  const int size = d * (d + 1) / 2;
  std::vector<double> main_term(k), centered(d), transformed(d), sums(k), diagonals(k * d);
  for (int j = 0; j < k; ++j) {
    sums[j] = 0;
    for (int i = 0; i < d; ++i) {
      sums[j] += inverse[j * size + i];
      diagonals[j * d + i] = std::exp(inverse[j * size + i]);
    }
  }
  double total = 0;
  for (int p = 0; p < n; ++p) {
    for (int j = 0; j < k; ++j) {
      for (int i = 0; i < d; ++i)
        centered[i] = x[p * d + i] - mean[j * d + i];
      for (int i = 0; i < d; ++i)
        transformed[i] = diagonals[j * d + i] * centered[i];
      int l = j * size + d;
      for (int c = 0; c < d; ++c)
        for (int r = c + 1; r < d; ++r)
          transformed[r] += inverse[l++] * centered[c];
      double squared = 0;
      for (int i = 0; i < d; ++i)
        squared += transformed[i] * transformed[i];
      main_term[j] = alpha[j] + sums[j] - 0.5 * squared;
    }
    total += logsumexp(main_term.data(), k);
  }
  double prior = 0;
  for (int j = 0; j < k; ++j) {
    for (int i = 0; i < d; ++i)
      prior += diagonals[j * d + i] * diagonals[j * d + i];
    for (int i = d; i < size; ++i)
      prior += inverse[j * size + i] * inverse[j * size + i];
    prior -= 0.1 * sums[j];
  }
  return total - n * logsumexp(alpha, k) + 0.5 * prior;
}
