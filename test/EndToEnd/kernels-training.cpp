// RUN: %check-values %s
// Losses over a data set, and steps of an optimizer.
#include <cmath>

// CHECK-VALUES: negative_log_likelihood wrt=w,b at=(rand(3, 1), 0.5, rand(12, 2), {1, 0, 0, 1}, 4, 3, 0.25),({2}, 0.5, {}, {}, 0, 1, 0.25)
// CHECK-VALUES: negative_log_likelihood wrt=w,b,x at=(rand(2, 1), 0.5, rand(6, 2), {1, 0, 1}, 3, 2, 0.25)
double negative_log_likelihood(const double *w, double b, const double *x, const int *label, int n, int d,
                               double ridge) {
  double loss = 0;
  for (int i = 0; i < n; ++i) {
    double z = b;
    for (int j = 0; j < d; ++j)
      z += w[j] * x[i * d + j];
    loss += label[i] ? std::log1p(std::exp(-z)) : std::log1p(std::exp(z));
  }
  for (int j = 0; j < d; ++j)
    loss += 0.5 * ridge * w[j] * w[j];
  return loss;
}

// Steps of gradient descent, differentiated through.
// CHECK-VALUES: trained wrt=w,rate at=(rand(2, 1), rand(6, 2), {1, 0, 1}, 0.5, 3, 2, 3),(rand(2, 1), rand(6, 2), {1, 0, 1}, 0.5, 3, 2, 0)
void trained(double *w, const double *x, const bool *label, double rate, int n, int d, int steps) {
  double g[8];
  for (int s = 0; s < steps; ++s) {
    for (int j = 0; j < d; ++j)
      g[j] = 0;
    for (int i = 0; i < n; ++i) {
      double z = 0;
      for (int j = 0; j < d; ++j)
        z += w[j] * x[i * d + j];
      const double error = 1 / (1 + std::exp(-z)) - label[i];
      for (int j = 0; j < d; ++j)
        g[j] += error * x[i * d + j];
    }
    for (int j = 0; j < d; ++j)
      w[j] -= rate / n * g[j];
  }
}

// Adam, with its moments in arrays.
// CHECK-VALUES: adam wrt=w,rate at=(rand(2, 1), 0.1, 2, 3)
void adam(double *w, double rate, int d, int steps) {
  double m[4] = {0}, v[4] = {0};
  for (int t = 1; t <= steps; ++t)
    for (int j = 0; j < d; ++j) {
      const double g = 2 * w[j] + std::cos(w[j]);
      m[j] = 0.9 * m[j] + 0.1 * g;
      v[j] = 0.999 * v[j] + 0.001 * g * g;
      const double mh = m[j] / (1 - std::pow(0.9, t)), vh = v[j] / (1 - std::pow(0.999, t));
      w[j] -= rate * mh / (std::sqrt(vh) + 1e-8);
    }
}
