// RUN: %check-values %s
// A pair potential over an array of structs, with a cutoff.
#include "Inputs/types/vec3.h"
#include <cmath>

double pair_energy(double r2) {
  double s6 = 1 / (r2 * r2 * r2);
  return 4 * (s6 * s6 - s6);
}

// CHECK-VALUES: with_cutoff wrt=p,q,cutoff at=({{0, 0.25, 0.5}, {1, -0.5, 0.125}, {1.5, 1, -1}}, {0.5, 1, -1}, 3, 2),({{0, 0.25, 0.5}, {1, -0.5, 0.125}}, {0.5, 1}, 2, 0.5)
double with_cutoff(const Vec3 *p, const double *q, int n, double cutoff) {
  double e = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = i + 1; j < n; ++j) {
      const double dx = p[i].x - p[j].x, dy = p[i].y - p[j].y, dz = p[i].z - p[j].z;
      const double r = std::sqrt(dx * dx + dy * dy + dz * dz);
      if (r > cutoff)
        continue;
      e += q[i] * q[j] / r + pair_energy(r * r) - pair_energy(cutoff * cutoff);
    }
  }
  return e;
}
