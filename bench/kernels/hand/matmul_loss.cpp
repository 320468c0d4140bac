// Fused by blocks of four rows of the product, of which one block is kept. A
// copy of B transposed lets every inner loop of the reverse add multiples of
// rows to a row, which vectorizes, in place of sums: of four rows at a time, so
// that the sum is loaded and stored once for all four.
#include "hand.h"

#include "sums.h"

#include <algorithm>
#include <vector>

/// y += s[0] x + s[stride] (x + n) + … for `count` rows of n, at most four.
static void add_rows(const double *s, int stride, int count,
                     const double *__restrict x, double *__restrict y, int n) {
  if (count < 4) {
    for (int i = 0; i < count; ++i)
      hand::add_scaled(s[i * stride], x + i * n, y, n);
    return;
  }
  const double s0 = s[0], s1 = s[stride], s2 = s[2 * stride],
               s3 = s[3 * stride];
  for (int j = 0; j < n; ++j)
    y[j] += s0 * x[j] + s1 * x[n + j] + s2 * x[2 * n + j] + s3 * x[3 * n + j];
}

void hand::matmul_loss_grad(const double *A, const double *B,
                            const double *target, int n, int m, int p,
                            double *A_bar, double *B_bar, double seed) {
  const double twice = 2 * seed;
  std::vector<double> C(4 * p), transposed(p * m);
  for (int k = 0; k < m; ++k)
    for (int j = 0; j < p; ++j)
      transposed[j * m + k] = B[k * p + j];
  for (int first = 0; first < n; first += 4) {
    const int rows = std::min(4, n - first);
    const double *a = A + first * m;
    std::fill(C.begin(), C.end(), 0.0);
    for (int i = 0; i < rows; ++i)
      for (int k = 0; k < m; ++k)
        add_scaled(a[i * m + k], B + k * p, &C[i * p], p);
    for (int j = 0; j < rows * p; ++j)
      C[j] = twice * (C[j] - target[first * p + j]);
    for (int k = 0; k < m; ++k)
      add_rows(a + k, m, rows, C.data(), B_bar + k * p, p);
    for (int i = 0; i < rows; ++i)
      for (int j = 0; j < p; j += 4)
        add_rows(&C[i * p + j], 1, std::min(4, p - j), &transposed[j * m],
                 A_bar + (first + i) * m, m);
  }
}
