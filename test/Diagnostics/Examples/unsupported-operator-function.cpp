// RUN: %check-example %s
// The operator calls a function with a name.
// MENDED: adgen example.cpp --function dot
struct Vec2 {
  double x, y;
};
inline double operator*(const Vec2 &a, const Vec2 &b) { // here
  return a.x * b.x + a.y * b.y;
}
//--- mended
struct Vec2 {
  double x, y;
};
inline double dot(const Vec2 &a, const Vec2 &b) {
  return a.x * b.x + a.y * b.y;
}
inline double operator*(const Vec2 &a, const Vec2 &b) { return dot(a, b); }
