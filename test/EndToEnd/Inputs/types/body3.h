#pragma once
#include <cmath>
#include <utility>

struct Vector3 {
  double x, y, z;
  Vector3(double x, double y, double z) : x(x), y(y), z(z) {}
  Vector3 operator+(const Vector3 &o) const { return Vector3(x + o.x, y + o.y, z + o.z); }
  Vector3 &operator+=(const Vector3 &o) {
    x += o.x;
    y += o.y;
    z += o.z;
    return *this;
  }
  Vector3 &scale(double s) {
    x *= s;
    y *= s;
    z *= s;
    return *this;
  }
  double &operator[](int i) { return i == 0 ? x : i == 1 ? y : z; }
  double norm() const { return std::sqrt(x * x + y * y + z * z); }
};
inline Vector3 operator*(double s, const Vector3 &v) { return {s * v.x, s * v.y, s * v.z}; }
inline Vector3 cross(const Vector3 &a, const Vector3 &b) {
  if (a.x == 0)
    return Vector3(0, 0, b.x);
  return Vector3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x);
}

struct Body3 {
  Vector3 at, speed;
  double mass;
  int kind;
};

struct Range {
  double low = 1, high = 3;
  Range() = default;
  Range(double low, double high) : low(low), high(high) {
    if (high < low)
      this->high = low;
  }
  double width() const { return high - low; }
  double clamped(double x) const { return x < low ? low : x > high ? high : x; }
};
