// RUN: %check-values %s
// Bins: the values decide where the weights go.
#include <cmath>

// CHECK-VALUES: histogram wrt=x,w,bin at=({0.1, 0.7, 0.35, 0.9, -1, 2}, rand(6, 1), rand(4, 2), 6, 4)
void histogram(const double *x, const double *w, double *bin, int n, int bins) {
  for (int i = 0; i < n; ++i) {
    const int b = static_cast<int>(std::floor(x[i] * bins));
    if (b >= 0 && b < bins)
      bin[b] += w[i];
  }
}

// Each weight is shared by two cells (cloud in cell).
// CHECK-VALUES: deposit wrt=x,q,rho at=({0.3, 2.6, 1.25}, rand(3, 1), {9, 9, 9, 9}, 3, 4)
void deposit(const double *x, const double *q, double *rho, int n, int cells) {
  for (int c = 0; c < cells; ++c)
    rho[c] = 0;
  for (int i = 0; i < n; ++i) {
    const int c = int(x[i]);
    const double right = x[i] - c;
    rho[c] += q[i] * (1 - right);
    rho[(c + 1) % cells] += q[i] * right;
  }
}

// CHECK-VALUES: entropy wrt=x,w at=({0.1, 0.7, 0.35, 0.9}, {0.5, 1, 0.25, 2}, 4)
double entropy(const double *x, const double *w, int n) {
  double bin[3] = {0, 0, 0}, total = 0;
  for (int i = 0; i < n; ++i) {
    int b = static_cast<int>(3 * x[i]);
    bin[b] += w[i];
    total += w[i];
  }
  double h = 0;
  for (double b : bin)
    if (b > 0)
      h -= b / total * std::log(b / total);
  return h;
}
