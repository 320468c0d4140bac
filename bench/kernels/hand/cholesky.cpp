// The factor, which replaces the matrix, is all that is needed. The inner loops
// of the reverse are updates of whole rows, which vectorize, unlike the sums of
// the forward sweep. The sum of logarithms is not computed.
#include "hand.h"

#include <cmath>

/// row_bar -= s other and other_bar -= s row: s is the adjoint of their
/// product.
static void pass_on(double s, const double *__restrict row,
                    const double *__restrict other, double *__restrict row_bar,
                    double *__restrict other_bar, int n) {
  for (int k = 0; k < n; ++k) {
    row_bar[k] -= s * other[k];
    other_bar[k] -= s * row[k];
  }
}

std::vector<double> hand::log_determinant_grad(std::vector<double> A, int n,
                                               double seed) {
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < i; ++j) {
      double s = A[i * n + j];
      for (int k = 0; k < j; ++k)
        s -= A[i * n + k] * A[j * n + k];
      A[i * n + j] = s / A[j * n + j];
    }
    double s = A[i * n + i];
    for (int k = 0; k < i; ++k)
      s -= A[i * n + k] * A[i * n + k];
    A[i * n + i] = std::sqrt(s);
  }

  std::vector<double> A_bar(A.size());
  for (int i = 0; i < n; ++i)
    A_bar[i * n + i] = 2 * seed / A[i * n + i];
  for (int i = n - 1; i >= 0; --i) {
    const double *row = &A[i * n];
    double *row_bar = &A_bar[i * n];
    row_bar[i] /= 2 * row[i];
    const double twice = 2 * row_bar[i];
    for (int k = 0; k < i; ++k)
      row_bar[k] -= twice * row[k];
    for (int j = i - 1; j >= 0; --j) {
      const double s_bar = row_bar[j] / A[j * n + j];
      row_bar[j] = s_bar;
      A_bar[j * n + j] -= s_bar * row[j];
      pass_on(s_bar, row, &A[j * n], row_bar, &A_bar[j * n], j);
    }
  }
  return A_bar;
}
