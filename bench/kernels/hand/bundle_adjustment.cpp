// Fused by observations: nothing is kept from one to the next. Sine, cosine and
// the root of the rotation serve both sweeps, and so does 1 / z.
#include "hand.h"

#include <cmath>

static void add(Vec3 &a, const Vec3 &b) {
  a.x += b.x;
  a.y += b.y;
  a.z += b.z;
}

void hand::reprojection_error_grad(const Camera *cameras, const Vec3 *points,
                                   const Observation *observations, int n,
                                   Camera *cameras_bar, Vec3 *points_bar,
                                   double seed) {
  const double twice = 2 * seed;
  for (int i = 0; i < n; ++i) {
    const Observation &o = observations[i];
    const Camera &camera = cameras[o.camera];
    const Vec3 &point = points[o.point];

    const double angle2 = dot(camera.rotation, camera.rotation);
    const bool turned = !(angle2 < 1e-20);
    Vec3 axis{}, across = cross(camera.rotation, point);
    Vec3 p = point + across;
    double inverse_angle = 0, c = 1, s = 0, along = 0;
    if (turned) {
      const double angle = std::sqrt(angle2);
      inverse_angle = 1 / angle;
      c = std::cos(angle);
      s = std::sin(angle);
      axis = inverse_angle * camera.rotation;
      across = inverse_angle * across;
      along = dot(axis, point);
      p = c * point + s * across + (1 - c) * along * axis;
    }
    p = p + camera.translation;
    const double inverse_z = 1 / p.z;
    const double x = -p.x * inverse_z;
    const double y = -p.y * inverse_z;
    const double r2 = x * x + y * y;
    const double distortion = 1 + r2 * (camera.k1 + r2 * camera.k2);
    const double scale = camera.focal * distortion;

    const double dx_bar = twice * (scale * x - o.x);
    const double dy_bar = twice * (scale * y - o.y);
    const double scale_bar = x * dx_bar + y * dy_bar;
    const double distortion_bar = camera.focal * scale_bar;
    const double r2_bar = 2 * distortion_bar * (camera.k1 + 2 * r2 * camera.k2);
    const double x_bar = scale * dx_bar + x * r2_bar;
    const double y_bar = scale * dy_bar + y * r2_bar;
    const Vec3 p_bar = {-inverse_z * x_bar, -inverse_z * y_bar,
                        -inverse_z * (x * x_bar + y * y_bar)};

    Camera &camera_bar = cameras_bar[o.camera];
    camera_bar.focal += distortion * scale_bar;
    camera_bar.k1 += r2 * distortion_bar;
    camera_bar.k2 += r2 * r2 * distortion_bar;
    add(camera_bar.translation, p_bar);
    if (!turned) {
      add(camera_bar.rotation, cross(point, p_bar));
      add(points_bar[o.point], p_bar + cross(p_bar, camera.rotation));
      continue;
    }
    const double on_axis = dot(axis, p_bar);
    const double along_bar = (1 - c) * on_axis;
    const double c_bar = dot(point, p_bar) - along * on_axis;
    const double s_bar = dot(across, p_bar);
    const Vec3 axis_bar =
        s * cross(point, p_bar) + (1 - c) * along * p_bar + along_bar * point;
    const double angle_bar =
        c * s_bar - s * c_bar - inverse_angle * dot(axis, axis_bar);
    add(camera_bar.rotation, inverse_angle * axis_bar + angle_bar * axis);
    add(points_bar[o.point],
        c * p_bar + s * cross(p_bar, axis) + along_bar * axis);
  }
}
