// Fused by examples: the loss is not computed, only its slope, with one
// exponential and one division.
#include "hand.h"

#include "sums.h"

#include <cmath>

double hand::logistic_loss_grad(const double *features, const double *label,
                                const double *w, double bias, int n, int d,
                                double *w_bar, double seed) {
  const double weight = -seed / n;
  double bias_bar = 0;
  for (int i = 0; i < n; ++i) {
    const double *row = features + i * d;
    double z = bias;
    for (int j = 0; j < d; ++j)
      z += w[j] * row[j];
    const double z_bar = weight * label[i] / (1 + std::exp(label[i] * z));
    add_scaled(z_bar, row, w_bar, d);
    bias_bar += z_bar;
  }
  return bias_bar;
}
