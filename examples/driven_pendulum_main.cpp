// Finds the length and the damping of a pendulum from two measured angles, by
// Newton's method.
//   adgen driven_pendulum.cpp --function driven_pendulum --wrt length,damping --with-value
#include "differences.h"
#include "driven_pendulum_grad.h"

#include <cmath>
#include <cstdio>

double driven_pendulum(double angle, double velocity, double length,
                       double damping, double h, int steps);

int main() {
  const double h = 0.01, start = 0.5, true_length = 0.8, true_damping = 0.3;
  const int early = 90, late = 240;
  const double seen_early =
      driven_pendulum(start, 0, true_length, true_damping, h, early);
  const double seen_late =
      driven_pendulum(start, 0, true_length, true_damping, h, late);

  double length = 0.85, damping = 0.2;
  bool good = true;
  for (int trial = 0; trial < 20; ++trial) {
    const driven_pendulum_gradient a =
        driven_pendulum_grad(start, 0, length, damping, h, early);
    const driven_pendulum_gradient b =
        driven_pendulum_grad(start, 0, length, damping, h, late);
    std::printf("length %.12f, damping %.12f\n", length, damping);
    if (trial == 0) {
      good &= agree("length", b.length, length, [&](double l) {
        return driven_pendulum(start, 0, l, damping, h, late);
      });
      good &= agree("damping", b.damping, damping, [&](double d) {
        return driven_pendulum(start, 0, length, d, h, late);
      });
    }
    const double off_a = a.value - seen_early, off_b = b.value - seen_late;
    const double determinant = a.length * b.damping - a.damping * b.length;
    length -= (b.damping * off_a - a.damping * off_b) / determinant;
    damping -= (a.length * off_b - b.length * off_a) / determinant;
    if (std::fabs(off_a) + std::fabs(off_b) < 1e-13)
      break;
  }
  good &= std::fabs(length - true_length) < 1e-10 &&
          std::fabs(damping - true_damping) < 1e-10;
  std::puts(good ? "the pendulum was found" : "the pendulum was not found");
  return good ? 0 : 1;
}
