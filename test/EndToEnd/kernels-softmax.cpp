// RUN: %check-values %s
// Softmax and its kin: a maximum, exponentials, an output array.
#include <algorithm>
#include <cmath>

// CHECK-VALUES: softmax wrt=x,y at=({1, 2.5, -0.5}, {7, 8, 9}, 3),({3}, {7}, 1)
// CHECK-VALUES: softmax wrt=x,y at=({1, 2.5, -0.5}, _, 3) alias=y:x
void softmax(const double *x, double *y, int n) {
  double m = x[0];
  for (int i = 1; i < n; ++i)
    m = std::max(m, x[i]);
  double s = 0;
  for (int i = 0; i < n; ++i) {
    y[i] = std::exp(x[i] - m);
    s += y[i];
  }
  for (int i = 0; i < n; ++i)
    y[i] /= s;
}

// CHECK-VALUES: logsumexp wrt=x at=({1, 2.5, -0.5, 2}, 4),({3}, 1)
double logsumexp(const double *x, int n) {
  double m = x[0];
  for (int i = 1; i < n; ++i)
    m = std::max(m, x[i]);
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += std::exp(x[i] - m);
  return m + std::log(s);
}

// One pass: the sum is scaled again when a greater element comes.
// CHECK-VALUES: logsumexp_online wrt=x at=({1, 2.5, -0.5, 3}, 4),({3}, 1)
double logsumexp_online(const double *x, int n) {
  double m = x[0], s = 1;
  for (int i = 1; i < n; ++i) {
    if (x[i] > m) {
      s = s * std::exp(m - x[i]) + 1;
      m = x[i];
    } else {
      s += std::exp(x[i] - m);
    }
  }
  return m + std::log(s);
}

// CHECK-VALUES: cross_entropy wrt=logits at=({1, 2.5, -0.5, 2, 0.5, 1.5}, {2, 0}, 2, 3),({}, {}, 0, 3)
double cross_entropy(const double *logits, const int *label, int samples, int classes) {
  double loss = 0;
  for (int s = 0; s < samples; ++s) {
    const double *z = logits + s * classes;
    loss += logsumexp(z, classes) - z[label[s]];
  }
  return loss;
}
