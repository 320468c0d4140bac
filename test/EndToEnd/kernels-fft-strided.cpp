// RUN: %check-values %s
// A Fourier transform by recursion over strides: each level writes its part of the output.
#include <cmath>

// CHECK-VALUES: fft wrt=in,out at=(rand(16, 1), rand(16, 2), 8, 1),({2, 3}, {7, 8}, 1, 1)
void fft(const double *in, double *out, int n, int stride) {
  if (n == 1) {
    out[0] = in[0];
    out[1] = in[1];
    return;
  }
  fft(in, out, n / 2, 2 * stride);
  fft(in + 2 * stride, out + n, n / 2, 2 * stride);
  for (int k = 0; k < n / 2; ++k) {
    double c = std::cos(2 * M_PI * k / n), s = -std::sin(2 * M_PI * k / n);
    double *even = out + 2 * k, *odd = out + 2 * k + n;
    double re = c * odd[0] - s * odd[1], im = c * odd[1] + s * odd[0];
    odd[0] = even[0] - re;
    odd[1] = even[1] - im;
    even[0] += re;
    even[1] += im;
  }
}
