// Classes with members that are references, as parameters.
#ifndef ADGEN_TEST_TYPES_REFERRING_H
#define ADGEN_TEST_TYPES_REFERRING_H

#include <vector>

struct Params {
  double k, c;
};
struct Model {
  const Params &p;
  std::vector<double> &out;
  double at(double x) const { return p.k * x + p.c; }
  void put(double x) {
    out.push_back(at(x));
    out[0] *= p.k;
  }
};
struct Vec3 {
  double x, y, z;
};
struct Couple {
  const Vec3 &a;
  Vec3 &b;
  double dot() const { return a.x * b.x + a.y * b.y + a.z * b.z; }
  void add() {
    b.x += a.x;
    b.y += a.y * b.x;
  }
};

#endif // ADGEN_TEST_TYPES_REFERRING_H
