// Fused by rows: the exponentials of one row are kept. The logarithm is not
// computed, and the shift by the maximum cancels.
#include "hand.h"

#include "sums.h"

#include <algorithm>
#include <cmath>
#include <memory>

void hand::softmax_loss_grad(const double *logits, const int *label, int rows,
                             int classes, double *logits_bar, double seed) {
  const double weight = seed / rows;
  const std::unique_ptr<double[]> e(new double[classes > 0 ? classes : 0]);
  for (int i = 0; i < rows; ++i) {
    const double *z = logits + i * classes;
    double m = z[0];
    for (int c = 1; c < classes; ++c)
      m = std::max(m, z[c]);
    double s = 0;
    for (int c = 0; c < classes; ++c) {
      e[c] = std::exp(z[c] - m);
      s += e[c];
    }
    double *z_bar = logits_bar + i * classes;
    add_scaled(weight / s, e.get(), z_bar, classes);
    z_bar[label[i]] -= weight;
  }
}
