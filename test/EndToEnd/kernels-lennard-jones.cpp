// RUN: %check-values %s
// Pair potentials over arrays of structs.
#include <cmath>
#include "Inputs/kernels-lennard-jones.h"

Vec3 operator-(const Vec3 &a, const Vec3 &b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
double dot(const Vec3 &a, const Vec3 &b) { return a.x * b.x + a.y * b.y + a.z * b.z; }

double pair_energy(double r2) {
  double s6 = 1 / (r2 * r2 * r2);
  return 4 * (s6 * s6 - s6);
}

// REFUSED [adgen-unsupported-class]: energy wrt=p at=({{0, 0.25, 0.5}, {1, -0.5, 0.125}, {1.5, 1, -1}}, 3),({{0, 0, 0}, {1, 0.5, 2}}, 2),({{1, 2, 3}}, 1),({}, 0)
double energy(const Vec3 *p, int n) {
  double e = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) {
      Vec3 d = p[i] - p[j];
      e += pair_energy(dot(d, d));
    }
  return e;
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

// Forces are gathered by both partners.
// REFUSED [adgen-unsupported-class]: forces wrt=p,f at=({{0, 0.25, 0.5}, {1, -0.5, 0.125}, {1.5, 1, -1}}, {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}, 3)
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
