// RUN: %check-values %s
// Two layers of long short-term memory with diagonal weights.
#include <cmath>

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

// Diagonal weights, as in the benchmark suite of Srajer, Kukelova and Fitzgibbon; two layers.
// CHECK-VALUES: layered wrt=weights,state,input at=(rand(32, 1), rand(8, 2), rand(4, 3), 2, 2)
double layered(const double *weights, double *state, const double *input, int layers, int steps) {
  double log_sum = 0;
  for (int t = 0; t + 1 < steps; ++t) {
    double x[2] = {input[2 * t], input[2 * t + 1]};
    for (int l = 0; l < layers; ++l) {
      double *h = state + 4 * l, *c = h + 2;
      const double *w = weights + 16 * l;
      for (int i = 0; i < 2; ++i) {
        const double forget = sigmoid(x[i] * w[i] + w[8 + i]);
        const double ingate = sigmoid(h[i] * w[2 + i] + w[10 + i]);
        const double outgate = sigmoid(x[i] * w[4 + i] + w[12 + i]);
        const double change = std::tanh(h[i] * w[6 + i] + w[14 + i]);
        c[i] = c[i] * forget + ingate * change;
        h[i] = outgate * std::tanh(c[i]);
        x[i] = h[i];
      }
    }
    const double norm = std::log(std::exp(x[0]) + std::exp(x[1]) + 2);
    for (int i = 0; i < 2; ++i)
      log_sum += input[2 * (t + 1) + i] * (x[i] - norm);
  }
  return log_sum;
}
