// RUN: %check-values %s
// Bundle adjustment: a point is turned by Rodrigues' formula, projected, distorted, and compared.
#include <cmath>

// CHECK-VALUES: rotate wrt=r,p,out at=({0.3, -0.5, 0.2}, {1, 2, 3}, {7, 8, 9})
// CHECK-VALUES: rotate wrt=p,out at=({0, 0, 0}, {1, 2, 3}, {7, 8, 9})
// CHECK-VALUES: rotate wrt=r,p,out at=({0, 0, 0}, {1, 2, 3}, {7, 8, 9}) expect=(-1, 2, -1, 1, 1, 1, 0, 0, 0)
void rotate(const double *r, const double *p, double *out) {
  double square = 0;
  for (int i = 0; i < 3; ++i)
    square += r[i] * r[i];
  if (square != 0) {
    const double angle = std::sqrt(square), c = std::cos(angle), s = std::sin(angle);
    double w[3], cross[3];
    for (int i = 0; i < 3; ++i)
      w[i] = r[i] / angle;
    cross[0] = w[1] * p[2] - w[2] * p[1];
    cross[1] = w[2] * p[0] - w[0] * p[2];
    cross[2] = w[0] * p[1] - w[1] * p[0];
    const double t = (w[0] * p[0] + w[1] * p[1] + w[2] * p[2]) * (1 - c);
    for (int i = 0; i < 3; ++i)
      out[i] = p[i] * c + cross[i] * s + w[i] * t;
  } else {
    double cross[3] = {r[1] * p[2] - r[2] * p[1], r[2] * p[0] - r[0] * p[2], r[0] * p[1] - r[1] * p[0]};
    for (int i = 0; i < 3; ++i)
      out[i] = p[i] + cross[i];
  }
}

// A camera: 3 rotation, 3 center, focal length, 2 principal point, 2 radial distortion.
// CHECK-VALUES: project wrt=cam,p,proj at=({0.1, -0.2, 0.3, 0.5, -0.5, -4, 2, 0.1, 0.2, 0.05, 0.01}, {0.5, 1, 2}, {7, 8})
void project(const double *cam, const double *p, double *proj) {
  double moved[3], turned[3];
  for (int i = 0; i < 3; ++i)
    moved[i] = p[i] - cam[3 + i];
  rotate(cam, moved, turned);
  proj[0] = turned[0] / turned[2];
  proj[1] = turned[1] / turned[2];
  const double r2 = proj[0] * proj[0] + proj[1] * proj[1];
  const double l = 1 + cam[9] * r2 + cam[10] * r2 * r2;
  proj[0] *= l;
  proj[1] *= l;
  for (int i = 0; i < 2; ++i)
    proj[i] = proj[i] * cam[6] + cam[7 + i];
}

// CHECK-VALUES: reprojection wrt=cams,points,w,errors at=(2, {0.1, -0.2, 0.3, 0.5, -0.5, -4, 2, 0.1, 0.2, 0.05, 0.01, 0, 0.25, 0.1, 0, 0, -5, 1, 0, 0, 0.1, 0.02}, {0.5, 1, 2, -0.5, 0.25, 1}, {0.5, 2}, {0, 1, 1, 0}, {0.3, 0.4, 0.1, 0.2}, rand(6, 1))
void reprojection(int n, const double *cams, const double *points, const double *w, const int *observed,
                  const double *features, double *errors) {
  for (int i = 0; i < n; ++i) {
    const int cam = observed[2 * i], point = observed[2 * i + 1];
    double proj[2];
    project(&cams[11 * cam], &points[3 * point], proj);
    errors[2 * i] = w[i] * (proj[0] - features[2 * i]);
    errors[2 * i + 1] = w[i] * (proj[1] - features[2 * i + 1]);
  }
  for (int i = 0; i < n; ++i)
    errors[2 * n + i] = 1 - w[i] * w[i];
}
