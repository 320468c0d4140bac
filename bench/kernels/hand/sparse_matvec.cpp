// Fused by rows: the product is not kept. The values may be the vector, so
// their adjoints have a loop each; the first vectorizes.
#include "hand.h"

void hand::sparse_loss_grad(const int *row_start, const int *column,
                            const double *value, const double *x,
                            const double *target, int rows, double *value_bar,
                            double *x_bar, double seed) {
  const double twice = 2 * seed;
  for (int i = 0; i < rows; ++i) {
    const int begin = row_start[i], end = row_start[i + 1];
    double y = 0;
    for (int k = begin; k < end; ++k)
      y += value[k] * x[column[k]];
    const double y_bar = twice * (y - target[i]);
    for (int k = begin; k < end; ++k) {
      value_bar[k] += y_bar * x[column[k]];
      x_bar[column[k]] += y_bar * value[k];
    }
  }
}
