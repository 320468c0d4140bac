#ifndef BENCH_KERNELS_CAMERA_H
#define BENCH_KERNELS_CAMERA_H

#include "vec3.h"

/// A camera of the "bundle adjustment in the large" data: the rotation as axis
/// times angle, and two coefficients of radial distortion.
struct Camera {
  Vec3 rotation, translation;
  double focal, k1, k2;
};

/// Where a camera saw a point.
struct Observation {
  int camera, point;
  double x, y;
};

#endif
