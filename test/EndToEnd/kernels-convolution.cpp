// RUN: %check-values %s
// Convolutions, pooling, and a small network of them.
#include <algorithm>
#include <cmath>

// CHECK-VALUES: valid wrt=x,k,y at=(rand(12, 1), rand(4, 2), rand(6, 3), 3, 4, 2),({3}, {2}, {7}, 1, 1, 1)
void valid(const double *x, const double *k, double *y, int h, int w, int size) {
  for (int i = 0; i + size <= h; ++i)
    for (int j = 0; j + size <= w; ++j) {
      double s = 0;
      for (int a = 0; a < size; ++a)
        for (int b = 0; b < size; ++b)
          s += x[(i + a) * w + j + b] * k[a * size + b];
      y[i * (w - size + 1) + j] = s;
    }
}

// CHECK-VALUES: padded wrt=x,k,y at=(rand(6, 1), rand(9, 2), rand(6, 3), 2, 3)
void padded(const double *x, const double *k, double *y, int h, int w) {
  for (int i = 0; i < h; ++i)
    for (int j = 0; j < w; ++j) {
      y[i * w + j] = 0;
      for (int a = -1; a <= 1; ++a)
        for (int b = -1; b <= 1; ++b) {
          const int r = i + a, c = j + b;
          if (r < 0 || r >= h || c < 0 || c >= w)
            continue;
          y[i * w + j] += x[r * w + c] * k[(a + 1) * 3 + b + 1];
        }
    }
}

// CHECK-VALUES: pooled wrt=x,y at=(rand(16, 1), {7, 8, 9, 10}, 4, 4)
void pooled(const double *x, double *y, int h, int w) {
  for (int i = 0; i < h / 2; ++i)
    for (int j = 0; j < w / 2; ++j) {
      double m = x[2 * i * w + 2 * j];
      for (int a = 0; a < 2; ++a)
        for (int b = 0; b < 2; ++b)
          m = std::max(m, x[(2 * i + a) * w + 2 * j + b]);
      y[i * (w / 2) + j] = m;
    }
}

// A separable blur, first along the rows, then along the columns, in one array.
// CHECK-VALUES: blurred wrt=x,s at=(rand(6, 1), 0.2, 2, 3),({2}, 0.2, 1, 1)
void blurred(double *x, double s, int h, int w) {
  for (int i = 0; i < h; ++i) {
    double before = x[i * w];
    for (int j = 0; j < w; ++j) {
      const double here = x[i * w + j];
      const double after = j + 1 < w ? x[i * w + j + 1] : here;
      x[i * w + j] = s * before + (1 - 2 * s) * here + s * after;
      before = here;
    }
  }
  for (int j = 0; j < w; ++j) {
    double before = x[j];
    for (int i = 0; i < h; ++i) {
      const double here = x[i * w + j];
      const double after = i + 1 < h ? x[(i + 1) * w + j] : here;
      x[i * w + j] = s * before + (1 - 2 * s) * here + s * after;
      before = here;
    }
  }
}
