// Fused by rows of pairs: the energies are not computed. The adjoint of a pair
// is one factor of the difference, with one division; the factors of a row are
// computed first, in a loop that vectorizes. The sums of the outer particle are
// in locals, two each.
#include "hand.h"

#include <memory>

/// The adjoints of the squared distances from `at`, doubled.
static void factors(const Vec3 &at, const Vec3 *__restrict p, double scale,
                    double *__restrict factor, int n) {
  for (int j = 0; j < n; ++j) {
    const Vec3 d = at - p[j];
    const double inverse = 1 / dot(d, d);
    const double s6 = inverse * inverse * inverse;
    factor[j] = scale * (2 * s6 - 1) * s6 * inverse;
  }
}

static void add(Vec3 &a, const Vec3 &b) {
  a.x += b.x;
  a.y += b.y;
  a.z += b.z;
}

static void subtract(Vec3 &a, const Vec3 &b) {
  a.x -= b.x;
  a.y -= b.y;
  a.z -= b.z;
}

void hand::energy_grad(const Vec3 *p, int n, Vec3 *p_bar, double seed) {
  const std::unique_ptr<double[]> factor(new double[n > 0 ? n : 0]);
  for (int i = 0; i < n; ++i) {
    const Vec3 at = p[i];
    factors(at, p, -24 * seed, factor.get(), i);
    Vec3 sum[2] = {};
    int j = 0;
    for (; j + 2 <= i; j += 2)
      for (int l = 0; l < 2; ++l) {
        const Vec3 d_bar = factor[j + l] * (at - p[j + l]);
        add(sum[l], d_bar);
        subtract(p_bar[j + l], d_bar);
      }
    if (j < i) {
      const Vec3 d_bar = factor[j] * (at - p[j]);
      add(sum[0], d_bar);
      subtract(p_bar[j], d_bar);
    }
    add(p_bar[i], sum[0] + sum[1]);
  }
}
