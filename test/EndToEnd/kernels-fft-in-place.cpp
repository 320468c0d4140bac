// RUN: %check-values %s
// The iterative Fourier transform in place: a bit reversal and butterflies.
#include <cmath>
#include <utility>

// CHECK-VALUES: fft wrt=re,im at=(rand(8, 1), rand(8, 2), 8),({2}, {3}, 1),({1, 2}, {3, -1}, 2)
void fft(double *re, double *im, int n) {
  for (int i = 1, j = 0; i < n; ++i) {
    int bit = n >> 1;
    for (; j & bit; bit >>= 1)
      j ^= bit;
    j ^= bit;
    if (i < j) {
      std::swap(re[i], re[j]);
      std::swap(im[i], im[j]);
    }
  }
  for (int len = 2; len <= n; len <<= 1) {
    const double angle = -2 * M_PI / len;
    for (int i = 0; i < n; i += len)
      for (int k = 0; k < len / 2; ++k) {
        const double c = std::cos(angle * k), s = std::sin(angle * k);
        const int a = i + k, b = i + k + len / 2;
        const double tr = re[b] * c - im[b] * s;
        const double ti = re[b] * s + im[b] * c;
        re[b] = re[a] - tr;
        im[b] = im[a] - ti;
        re[a] += tr;
        im[a] += ti;
      }
  }
}

// The twiddle factor is carried along by multiplication.
// CHECK-VALUES: spectrum wrt=x at=(rand(8, 1))
double spectrum(const double *x) {
  const int n = 4;
  double data[2 * n];
  for (int i = 0; i < 2 * n; ++i)
    data[i] = x[i];
  for (int half = n / 2; half >= 1; half /= 2) {
    double wr = 1, wi = 0;
    const double c = std::cos(M_PI / half), s = -std::sin(M_PI / half);
    for (int k = 0; k < half; ++k) {
      for (int i = k; i < n; i += 2 * half) {
        double *a = &data[2 * i], *b = &data[2 * (i + half)];
        const double dr = a[0] - b[0], di = a[1] - b[1];
        a[0] += b[0];
        a[1] += b[1];
        b[0] = dr * wr - di * wi;
        b[1] = dr * wi + di * wr;
      }
      const double t = wr * c - wi * s;
      wi = wr * s + wi * c;
      wr = t;
    }
  }
  double power = 0;
  for (int i = 0; i < n; ++i)
    power += (i + 1) * std::hypot(data[2 * i], data[2 * i + 1]);
  return power;
}
