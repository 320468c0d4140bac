// RUN: adgen check %s --function running,differentiate --samples 2 | FileCheck %s
// The user's names are those of the program that checks.
// CHECK: running: the derivative is right at 2 points
// CHECK: differentiate: the derivative is right at 2 points
#include <vector>
struct Map {
  double scale;
};
struct Path {
  Map m;
  std::vector<Map> all;
};
enum class Verdict { low, high };
template <int N> struct Vector {
  double v[N];
};

double running(const Path &p, Vector<3> v, Verdict w) {
  double s = p.m.scale * v.v[0] * v.v[1];
  for (const Map &m : p.all)
    s *= m.scale + (w == Verdict::high);
  return s;
}

Map differentiate(const Map &m) { return {m.scale * m.scale}; }
