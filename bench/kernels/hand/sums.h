// Inner loops of the adjoints by hand, over memory that does not overlap.
#ifndef BENCH_KERNELS_HAND_SUMS_H
#define BENCH_KERNELS_HAND_SUMS_H

namespace hand {

/// y += s x.
inline void add_scaled(double s, const double *__restrict x,
                       double *__restrict y, int n) {
  for (int i = 0; i < n; ++i)
    y[i] += s * x[i];
}

/// The sum of x[i] y[i] while z += s x, as partial sums that vectorize.
inline double dot_and_add_scaled(const double *__restrict x,
                                 const double *__restrict y, double s,
                                 double *__restrict z, int n) {
  double partial[8] = {};
  int i = 0;
  for (; i + 8 <= n; i += 8)
    for (int l = 0; l < 8; ++l) {
      partial[l] += x[i + l] * y[i + l];
      z[i + l] += s * x[i + l];
    }
  double sum = 0;
  for (; i < n; ++i) {
    sum += x[i] * y[i];
    z[i] += s * x[i];
  }
  for (int l = 0; l < 4; ++l)
    partial[l] += partial[l + 4];
  return sum + (partial[0] + partial[2]) + (partial[1] + partial[3]);
}

} // namespace hand

#endif
