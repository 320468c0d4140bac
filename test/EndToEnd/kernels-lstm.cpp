// RUN: %check-values %s
// Long short-term memory: a cell, a sequence of them, and layers.
#include <cmath>

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

// Four gates of n units each, their weights one after the other: input, forget, output, change.
// CHECK-VALUES: cell wrt=w,b,x,h,c at=(rand(32, 1), rand(8, 2), rand(2, 3), rand(2, 4), rand(2, 5), 2, 2),(rand(8, 1), rand(4, 2), {0.5}, {0.25}, {-0.5}, 1, 1)
void cell(const double *w, const double *b, const double *x, double *h, double *c, int n, int m) {
  double gates[64];
  for (int g = 0; g < 4 * n; ++g) {
    double a = b[g];
    for (int j = 0; j < m; ++j)
      a += w[g * (m + n) + j] * x[j];
    for (int j = 0; j < n; ++j)
      a += w[g * (m + n) + m + j] * h[j];
    gates[g] = g < 3 * n ? sigmoid(a) : std::tanh(a);
  }
  for (int i = 0; i < n; ++i) {
    c[i] = gates[n + i] * c[i] + gates[i] * gates[3 * n + i];
    h[i] = gates[2 * n + i] * std::tanh(c[i]);
  }
}

// CHECK-VALUES: sequence wrt=w,b,x at=(rand(32, 1), rand(8, 2), rand(6, 3), {0.5, 1, -1}, 3),(rand(32, 1), rand(8, 2), {}, {}, 0)
double sequence(const double *w, const double *b, const double *x, const double *target, int steps) {
  double h[2] = {}, c[2] = {};
  double loss = 0;
  for (int t = 0; t < steps; ++t) {
    cell(w, b, x + 2 * t, h, c, 2, 2);
    const double error = h[0] + h[1] - target[t];
    loss += error * error;
  }
  return loss;
}
