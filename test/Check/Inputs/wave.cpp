#include "wave.h"
#include <cmath>

double wave(double u, double v) { return std::sin(u) * v; }
// Wrong: the derivative by v has a cosine in place of the sine.
wave_gradient wave_grad(double u, double v, double seed) {
  return {std::cos(u) * v * seed, std::cos(u) * seed};
}
wave_dual wave_jvp(double u, double v, double u_dot, double v_dot) {
  return {wave(u, v), std::cos(u) * v * u_dot + std::sin(u) * v_dot};
}
