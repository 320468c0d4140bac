#pragma once
struct Vec3 {
  double x, y, z;
};
