// Fused by rows of the product, of which one row is kept; one sweep over B and
// its adjoint serves both products of the reverse. Their sums are partial ones.
#include "hand.h"

#include "sums.h"

#include <algorithm>
#include <memory>

void hand::matmul_loss_grad(const double *A, const double *B,
                            const double *target, int n, int m, int p,
                            double *A_bar, double *B_bar, double seed) {
  const double twice = 2 * seed;
  const std::unique_ptr<double[]> row(new double[p > 0 ? p : 0]);
  for (int i = 0; i < n; ++i) {
    std::fill_n(row.get(), p, 0.0);
    for (int k = 0; k < m; ++k)
      add_scaled(A[i * m + k], B + k * p, row.get(), p);
    for (int j = 0; j < p; ++j)
      row[j] = twice * (row[j] - target[i * p + j]);
    for (int k = 0; k < m; ++k) {
      A_bar[i * m + k] += dot_and_add_scaled(row.get(), B + k * p, A[i * m + k],
                                             B_bar + k * p, p);
    }
  }
}
