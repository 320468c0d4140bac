// Fused by rows: the product is not kept. The values may be the vector, so
// their adjoints are not told apart by __restrict.
#include "hand.h"

/// value_bar += s x and x_bar += s value over one row.
static void pass_on(double s, const int *__restrict column,
                    const double *__restrict value, const double *__restrict x,
                    double *value_bar, double *x_bar, int begin, int end) {
  for (int k = begin; k < end; ++k) {
    value_bar[k] += s * x[column[k]];
    x_bar[column[k]] += s * value[k];
  }
}

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
    pass_on(twice * (y - target[i]), column, value, x, value_bar, x_bar, begin,
            end);
  }
}
