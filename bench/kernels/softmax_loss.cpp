#include <algorithm>
#include <cmath>

// The mean cross entropy of softmax(logits), one row per example.
double softmax_loss(const double *logits, const int *label, int rows,
                    int classes) {
  double loss = 0;
  for (int i = 0; i < rows; ++i) {
    const double *z = logits + i * classes;
    double m = z[0];
    for (int c = 1; c < classes; ++c)
      m = std::max(m, z[c]);
    double s = 0;
    for (int c = 0; c < classes; ++c)
      s += std::exp(z[c] - m);
    loss += m + std::log(s) - z[label[i]];
  }
  return loss / rows;
}
