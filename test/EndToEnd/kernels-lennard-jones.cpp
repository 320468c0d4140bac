// RUN: %check-values %s
// Pair potentials over arrays of structs.
#include "Inputs/types/vec3.h"

double pair_energy(double r2) {
  double s6 = 1 / (r2 * r2 * r2);
  return 4 * (s6 * s6 - s6);
}

// CHECK-VALUES: energy wrt=p at=({{0, 0.25, 0.5}, {1, -0.5, 0.125}, {1.5, 1, -1}}, 3),({{0, 0, 0}, {1, 0.5, 2}}, 2),({{1, 2, 3}}, 1),({}, 0)
double energy(const Vec3 *p, int n) {
  double e = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) {
      Vec3 d = p[i] - p[j];
      e += pair_energy(dot(d, d));
    }
  return e;
}

// Forces are gathered by both partners.
// CHECK-VALUES: forces wrt=p,f at=({{0, 0.25, 0.5}, {1, -0.5, 0.125}, {1.5, 1, -1}}, {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}, 3)
void forces(const Vec3 *p, Vec3 *f, int n) {
  for (int i = 0; i < n; ++i)
    f[i] = {0, 0, 0};
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) {
      const Vec3 d = p[i] - p[j];
      const double r2 = dot(d, d), s = 1 / r2, s3 = s * s * s;
      const double g = 24 * s * (2 * s3 * s3 - s3);
      f[i].x += g * d.x;
      f[i].y += g * d.y;
      f[i].z += g * d.z;
      f[j].x -= g * d.x;
      f[j].y -= g * d.y;
      f[j].z -= g * d.z;
    }
}
