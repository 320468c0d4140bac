// RUN: %check-values %s
// Small numerical programs as people write them.
#include <algorithm>
#include <cmath>

// CHECK-VALUES: logistic_growth wrt=r,k,p at=(0.3, 10, 0.5, 50),(1.1, 4, 3, 7)
double logistic_growth(double r, double k, double p, int steps) {
  const double dt = 0.1;
  for (int i = 0; i < steps; ++i) {
    double rate = r * p * (1 - p / k);
    p += dt * rate;
  }
  return p;
}

// CHECK-VALUES: simpson wrt=a,b,omega at=(0, 2, 1.5, 10),(-1, 1, 0.3, 4)
double simpson(double a, double b, double omega, int n) {
  double h = (b - a) / n;
  double s = 0;
  for (int i = 0; i <= n; ++i) {
    double x = a + i * h;
    double f = std::exp(-x * x) * std::cos(omega * x);
    int weight = i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2;
    s += weight * f;
  }
  return s * h / 3;
}

// CHECK-VALUES: softplus wrt=x,beta at=(1, 2),(50, 2),(-30, 1)
double softplus(double x, double beta) {
  double z = beta * x;
  if (z > 30)
    return x;
  return std::log1p(std::exp(z)) / beta;
}

// CHECK-VALUES: log_sum_exp wrt=a,b,c at=(1, 2, 3),(700, 2, 3),(-5, -5.5, -1000)
double log_sum_exp(double a, double b, double c) {
  double m = std::max(std::max(a, b), c);
  return m + std::log(std::exp(a - m) + std::exp(b - m) + std::exp(c - m));
}

// CHECK-VALUES: smooth_step wrt=x,lo,hi at=(0.3, 0, 1),(-1, 0, 1),(2, 0.5, 1)
double smooth_step(double x, double lo, double hi) {
  double t = std::clamp((x - lo) / (hi - lo), 0.0, 1.0);
  return t * t * (3 - 2 * t);
}

// CHECK-VALUES: horner wrt=x,a at=(0.7, 1.5, 6),(-1.1, 0.3, 3),(2, 1, 0)
double horner(double x, double a, int n) {
  double p = 0;
  for (int i = n; i >= 0; --i)
    p = p * x + a / (i + 1);
  return p;
}
