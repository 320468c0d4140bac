#include <cmath>

// The mean logistic loss of n examples with d features; labels are 1 and -1.
double logistic_loss(const double *features, const double *label,
                     const double *w, double bias, int n, int d) {
  double loss = 0;
  for (int i = 0; i < n; ++i) {
    double z = bias;
    for (int j = 0; j < d; ++j)
      z += w[j] * features[i * d + j];
    loss += std::log1p(std::exp(-label[i] * z));
  }
  return loss / n;
}
