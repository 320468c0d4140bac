// RUN: %check-values %s
// Cholesky factorization in place, and what is built on it.
#include <cmath>

// CHECK-VALUES: cholesky wrt=a at=({4, 9, 9, 1, 5, 9, 0.5, -1, 3}, 3),({2}, 1),({}, 0)
// CHECK-VALUES: cholesky wrt=a at=({1, 9, 2, 3}, 2)
bool cholesky(double *a, int n) {
  for (int j = 0; j < n; ++j) {
    double d = a[j * n + j];
    for (int k = 0; k < j; ++k)
      d -= a[j * n + k] * a[j * n + k];
    if (d <= 0)
      return false;
    a[j * n + j] = std::sqrt(d);
    for (int i = j + 1; i < n; ++i) {
      double s = a[i * n + j];
      for (int k = 0; k < j; ++k)
        s -= a[i * n + k] * a[j * n + k];
      a[i * n + j] = s / a[j * n + j];
    }
  }
  return true;
}

// The logarithm of a normal density, by a factorization of a copy.
// CHECK-VALUES: log_density wrt=x,mean,covariance at=({1, 2, 0.5}, {0.5, 1, 0}, {4, 9, 9, 1, 5, 9, 0.5, -1, 3})
double log_density(const double *x, const double *mean, const double *covariance) {
  const int n = 3;
  double L[n * n], z[n];
  for (int i = 0; i < n * n; ++i)
    L[i] = covariance[i];
  cholesky(L, n);
  double logdet = 0, squared = 0;
  for (int i = 0; i < n; ++i) {
    z[i] = x[i] - mean[i];
    for (int j = 0; j < i; ++j)
      z[i] -= L[i * n + j] * z[j];
    z[i] /= L[i * n + i];
    squared += z[i] * z[i];
    logdet += std::log(L[i * n + i]);
  }
  return -0.5 * squared - logdet - 0.5 * n * std::log(2 * M_PI);
}
