// RUN: %check-values %s
// A bilateral filter: weights by distance and by difference of value.
#include <algorithm>
#include <cmath>

// CHECK-VALUES: bilateral wrt=in,out,spatial,range at=(rand(12, 1), rand(12, 2), 3, 4, 1, 1.5, 0.5),({2}, {7}, 1, 1, 1, 1, 1)
void bilateral(const double *in, double *out, int h, int w, int radius, double spatial, double range) {
  for (int y = 0; y < h; ++y)
    for (int x = 0; x < w; ++x) {
      const double center = in[y * w + x];
      double sum = 0, weights = 0;
      for (int v = std::max(0, y - radius); v <= std::min(h - 1, y + radius); ++v)
        for (int u = std::max(0, x - radius); u <= std::min(w - 1, x + radius); ++u) {
          const double d2 = (v - y) * (v - y) + (u - x) * (u - x);
          const double diff = in[v * w + u] - center;
          const double weight = std::exp(-d2 / (2 * spatial * spatial) - diff * diff / (2 * range * range));
          sum += weight * in[v * w + u];
          weights += weight;
        }
      out[y * w + x] = sum / weights;
    }
}

// Total variation with a small constant at the kink.
// CHECK-VALUES: total_variation wrt=u at=(rand(6, 1), 2, 3)
double total_variation(const double *u, int h, int w) {
  double tv = 0;
  for (int i = 0; i < h; ++i)
    for (int j = 0; j < w; ++j) {
      const double dx = j + 1 < w ? u[i * w + j + 1] - u[i * w + j] : 0;
      const double dy = i + 1 < h ? u[(i + 1) * w + j] - u[i * w + j] : 0;
      tv += std::sqrt(dx * dx + dy * dy + 1e-4);
    }
  return tv;
}

// A median of three in place, along a row.
// CHECK-VALUES: median wrt=x at=({3, 1, 2, 5, 4, 6}, 6)
void median(double *x, int n) {
  for (int i = 1; i + 1 < n; ++i) {
    double a = x[i - 1], b = x[i], c = x[i + 1];
    x[i] = std::max(std::min(a, b), std::min(std::max(a, b), c));
  }
}
