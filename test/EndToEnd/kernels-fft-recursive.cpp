// RUN: %check-values %s
// A Fourier transform that calls itself on its halves.
#include <cmath>
#include <vector>

// CHECK-VALUES: fft wrt=re,im at=(rand(8, 1), rand(8, 2)),({2}, {3}),({1, 2}, {3, -1})
void fft(std::vector<double> &re, std::vector<double> &im) {
  const int n = static_cast<int>(re.size());
  if (n == 1)
    return;
  std::vector<double> re0(n / 2), im0(n / 2), re1(n / 2), im1(n / 2);
  for (int i = 0; i < n / 2; ++i) {
    re0[i] = re[2 * i];
    im0[i] = im[2 * i];
    re1[i] = re[2 * i + 1];
    im1[i] = im[2 * i + 1];
  }
  fft(re0, im0);
  fft(re1, im1);
  for (int k = 0; k < n / 2; ++k) {
    const double c = std::cos(2 * M_PI * k / n), s = -std::sin(2 * M_PI * k / n);
    const double tr = c * re1[k] - s * im1[k], ti = c * im1[k] + s * re1[k];
    re[k] = re0[k] + tr;
    im[k] = im0[k] + ti;
    re[k + n / 2] = re0[k] - tr;
    im[k + n / 2] = im0[k] - ti;
  }
}
