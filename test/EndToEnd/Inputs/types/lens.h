// Methods on arrays, of which one calls the other several times.
#ifndef LENS_H
#define LENS_H

#include <cmath>

struct Lens {
  double power[3];
  double shift;

  double bend(const double *x, int n, int k) const {
    double sum = shift;
    for (int i = 0; i < n; ++i) {
      const double u = x[i] - shift * k;
      sum += power[k] * u * u / (1 + power[(k + 1) % 3] * power[(k + 1) % 3]);
    }
    return sum;
  }
  void pass(const double *x, double *y, int n) const {
    for (int i = 0; i < n; ++i)
      y[i] = x[i] * bend(x, i + 1, i % 3) + std::sin(x[i]) * bend(x, n, 0) * std::exp(-shift) +
             bend(x, n - i, 2);
  }
};

// A method that calls itself, and keeps nothing for that.
struct Chain {
  double weight;

  void run(double *x, int n) {
    if (n <= 0)
      return;
    x[n] += 2 * x[n - 1];
    weight += x[n];
    run(x, n - 1);
  }
};

#endif
