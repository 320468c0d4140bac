// Nothing but the solution is needed. By rows, as L is stored: one sweep over a
// row and its adjoint, in ascending order.
#include "hand.h"

void hand::forward_substitution_grad(const double *__restrict L,
                                     const double *__restrict b,
                                     double *__restrict x, int n,
                                     double *__restrict L_bar,
                                     double *__restrict b_bar,
                                     double *__restrict x_bar) {
  for (int i = 0; i < n; ++i) {
    double s = b[i];
    for (int j = 0; j < i; ++j)
      s -= L[i * n + j] * x[j];
    x[i] = s / L[i * n + i];
  }

  for (int i = n - 1; i >= 0; --i) {
    const double *row = L + i * n;
    double *row_bar = L_bar + i * n;
    const double s_bar = x_bar[i] / row[i];
    x_bar[i] = 0;
    row_bar[i] -= s_bar * x[i];
    for (int j = 0; j < i; ++j) {
      row_bar[j] -= s_bar * x[j];
      x_bar[j] -= s_bar * row[j];
    }
    b_bar[i] += s_bar;
  }
}
