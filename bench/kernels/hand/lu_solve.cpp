// The factors, kept where elimination left its zeros, and the pivots are all
// that is needed. One sweep over a row of the adjoint updates the pivot's row
// and sums up the factor's adjoint, as partial sums; rows of the adjoint are
// swapped back.
#include "hand.h"

#include "sums.h"

#include <algorithm>
#include <cmath>

/// The sum of row_bar[j] pivot[j] while pivot_bar -= factor row_bar.
static double eliminate_back(double factor, const double *row_bar,
                             const double *pivot, double *pivot_bar, int n) {
  return hand::dot_and_add_scaled(row_bar, pivot, -factor, pivot_bar, n);
}

hand::solve_loss_gradient
hand::solve_loss_grad(std::vector<double> A, std::vector<double> b,
                      const std::vector<double> &target, double seed) {
  const int n = b.size();
  std::vector<int> pivots(n);
  for (int k = 0; k < n; ++k) {
    int pivot = k;
    for (int i = k + 1; i < n; ++i)
      if (std::fabs(A[i * n + k]) > std::fabs(A[pivot * n + k]))
        pivot = i;
    pivots[k] = pivot;
    if (pivot != k) {
      std::swap_ranges(&A[k * n + k], &A[k * n + k] + (n - k),
                       &A[pivot * n + k]);
      std::swap(b[k], b[pivot]);
    }
    for (int i = k + 1; i < n; ++i) {
      const double factor = A[i * n + k] / A[k * n + k];
      A[i * n + k] = factor;
      add_scaled(-factor, &A[k * n + k] + 1, &A[i * n + k] + 1, n - k - 1);
      b[i] -= factor * b[k];
    }
  }
  std::vector<double> x(n);
  for (int i = n - 1; i >= 0; --i) {
    double s = b[i];
    for (int j = i + 1; j < n; ++j)
      s -= A[i * n + j] * x[j];
    x[i] = s / A[i * n + i];
  }

  std::vector<double> A_bar(A.size()), b_bar(n), x_bar(n);
  for (int i = 0; i < n; ++i)
    x_bar[i] = 2 * (x[i] - target[i]) * seed;
  for (int i = 0; i < n; ++i) {
    const double s_bar = x_bar[i] / A[i * n + i];
    b_bar[i] = s_bar;
    const double *row = &A[i * n];
    double *row_bar = &A_bar[i * n];
    row_bar[i] = -s_bar * x[i];
    for (int j = i + 1; j < n; ++j) {
      row_bar[j] = -s_bar * x[j];
      x_bar[j] -= s_bar * row[j];
    }
  }
  for (int k = n - 1; k >= 0; --k) {
    const double inverse = 1 / A[k * n + k];
    double pivot_bar = 0, right_bar = 0;
    for (int i = k + 1; i < n; ++i) {
      const double factor = A[i * n + k];
      const double factor_bar =
          -b_bar[i] * b[k] - eliminate_back(factor, &A_bar[i * n + k] + 1,
                                            &A[k * n + k] + 1,
                                            &A_bar[k * n + k] + 1, n - k - 1);
      right_bar += factor * b_bar[i];
      A_bar[i * n + k] = factor_bar * inverse;
      pivot_bar += factor_bar * factor;
    }
    b_bar[k] -= right_bar;
    A_bar[k * n + k] -= pivot_bar * inverse;
    if (const int pivot = pivots[k]; pivot != k) {
      std::swap_ranges(&A_bar[k * n + k], &A_bar[k * n + k] + (n - k),
                       &A_bar[pivot * n + k]);
      std::swap(b_bar[k], b_bar[pivot]);
    }
  }
  return {std::move(A_bar), std::move(b_bar)};
}
