// Fused by pairs: the energies are not computed. The adjoint of a pair is one
// factor of the difference, with one division; that of the outer particle is
// summed up in locals.
#include "hand.h"

void hand::energy_grad(const Vec3 *p, int n, Vec3 *p_bar, double seed) {
  const double scale = -24 * seed;
  for (int i = 0; i < n; ++i) {
    const Vec3 at = p[i];
    Vec3 sum{};
    for (int j = 0; j < i; ++j) {
      const Vec3 d = at - p[j];
      const double inverse = 1 / dot(d, d);
      const double s6 = inverse * inverse * inverse;
      const double factor = scale * (2 * s6 - 1) * s6 * inverse;
      const Vec3 d_bar = factor * d;
      sum = sum + d_bar;
      p_bar[j] = p_bar[j] - d_bar;
    }
    p_bar[i] = p_bar[i] + sum;
  }
}
