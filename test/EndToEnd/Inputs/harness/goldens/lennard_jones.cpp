//--- original
#include "vec3.h"

double pair_energy(double r2) {
  double s6 = 1 / (r2 * r2 * r2);
  return 4 * (s6 * s6 - s6);
}

// CHECK-VALUES: energy wrt=p at=({{0, 0.25, 0.5}, {1, -0.5, 0.125}, {1.5, 1, -1}}, 3),(range(0, 5, 6), 2),({{1, 2, 3}}, 1),({}, 0)
double energy(const Vec3 *p, int n) {
  double e = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) {
      Vec3 d = p[i] - p[j];
      e += pair_energy(dot(d, d));
    }
  return e;
}
//--- header
#include "vec3.h"
struct energy_dual { double value, dot; };
void energy_grad(const Vec3 *p, int n, Vec3 *p_bar, double seed = 1);
energy_dual energy_jvp(const Vec3 *p, int n, const Vec3 *p_dot);
//--- derivative
static double pair_energy_grad(double r2, double seed) {
  const double s6 = 1 / (r2 * r2 * r2);
  // return 4 * (s6 * s6 - s6)
  const double s6_bar = (8 * s6 - 4) * seed;
  // s6 = 1 / (r2 * r2 * r2)
  return -3 * s6 / r2 * s6_bar;
}
static void dot_grad(const Vec3 &a, const Vec3 &b, Vec3 &a_bar, Vec3 &b_bar, double seed) {
  a_bar.x += b.x * seed;
  b_bar.x += a.x * seed;
  a_bar.y += b.y * seed;
  b_bar.y += a.y * seed;
  a_bar.z += b.z * seed;
  b_bar.z += a.z * seed;
}
static void operator_minus_grad(Vec3 &a_bar, Vec3 &b_bar, const Vec3 &seed) {
  a_bar.x += seed.x;
  b_bar.x -= seed.x;
  a_bar.y += seed.y;
  b_bar.y -= seed.y;
  a_bar.z += seed.z;
  b_bar.z -= seed.z;
}
void energy_grad(const Vec3 *p, int n, Vec3 *p_bar, double seed) {
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) {
      const Vec3 d = p[i] - p[j];
      // e += pair_energy(dot(d, d))
      Vec3 d_bar{};
      dot_grad(d, d, d_bar, d_bar, pair_energy_grad(dot(d, d), seed));
      // d = p[i] - p[j]
      operator_minus_grad(p_bar[i], p_bar[j], d_bar);
    }
}
energy_dual energy_jvp(const Vec3 *p, int n, const Vec3 *p_dot) {
  double e = 0, e_dot = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) {
      const Vec3 d = p[i] - p[j], d_dot = p_dot[i] - p_dot[j];
      e_dot += pair_energy_grad(dot(d, d), 2 * dot(d, d_dot));
      const double r2 = dot(d, d), s6 = 1 / (r2 * r2 * r2);
      e += 4 * (s6 * s6 - s6);
    }
  return {e, e_dot};
}
//--- valued
double energy(const Vec3 *p, int n);
struct energy_gradient_v { double value; };
inline energy_gradient_v energy_grad_v(const Vec3 *p, int n, Vec3 *p_bar, double seed = 1) {
  energy_grad(p, n, p_bar, seed);
  return {energy(p, n)};
}
//--- faults
field_left_out: a_bar.y += seed.y; => ;
field_confused: b_bar.z -= seed.z; => b_bar.y -= seed.z;
used_once: dot_grad(d, d, d_bar, d_bar, => Vec3 e_bar{}; dot_grad(d, d, d_bar, e_bar,
pair_confused: operator_minus_grad(p_bar[i], p_bar[j] => operator_minus_grad(p_bar[j], p_bar[i]
