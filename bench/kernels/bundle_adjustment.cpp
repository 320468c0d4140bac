#include "camera.h"

#include <cmath>

// Rodrigues' formula.
static Vec3 rotate(const Vec3 &rotation, const Vec3 &p) {
  const double angle2 = dot(rotation, rotation);
  if (angle2 < 1e-20)
    return p + cross(rotation, p);
  const double angle = std::sqrt(angle2);
  const Vec3 axis = (1 / angle) * rotation;
  const double c = std::cos(angle);
  const double s = std::sin(angle);
  return c * p + s * cross(axis, p) + (1 - c) * dot(axis, p) * axis;
}

// The sum of squared distances between where the points are seen and where they
// ought to be.
double reprojection_error(const Camera *cameras, const Vec3 *points,
                          const Observation *observations, int n) {
  double error = 0;
  for (int i = 0; i < n; ++i) {
    const Observation &o = observations[i];
    const Camera &camera = cameras[o.camera];
    const Vec3 p =
        rotate(camera.rotation, points[o.point]) + camera.translation;
    const double x = -p.x / p.z;
    const double y = -p.y / p.z;
    const double r2 = x * x + y * y;
    const double scale = camera.focal * (1 + r2 * (camera.k1 + r2 * camera.k2));
    const double dx = scale * x - o.x;
    const double dy = scale * y - o.y;
    error += dx * dx + dy * dy;
  }
  return error;
}
