// Fused by rows of the product, of which one row is kept. A copy of B
// transposed lets every inner loop of the reverse add a multiple of a row to a
// row, which vectorizes, in place of sums.
#include "hand.h"

#include "sums.h"

#include <algorithm>
#include <memory>

void hand::matmul_loss_grad(const double *A, const double *B,
                            const double *target, int n, int m, int p,
                            double *A_bar, double *B_bar, double seed) {
  const double twice = 2 * seed;
  const std::unique_ptr<double[]> row(new double[p]);
  const std::unique_ptr<double[]> transposed(new double[p * m]);
  for (int k = 0; k < m; ++k)
    for (int j = 0; j < p; ++j)
      transposed[j * m + k] = B[k * p + j];
  for (int i = 0; i < n; ++i) {
    std::fill_n(row.get(), p, 0.0);
    for (int k = 0; k < m; ++k)
      add_scaled(A[i * m + k], B + k * p, row.get(), p);
    for (int j = 0; j < p; ++j)
      row[j] = twice * (row[j] - target[i * p + j]);
    for (int k = 0; k < m; ++k)
      add_scaled(A[i * m + k], row.get(), B_bar + k * p, p);
    for (int j = 0; j < p; ++j)
      add_scaled(row[j], &transposed[j * m], A_bar + i * m, m);
  }
}
