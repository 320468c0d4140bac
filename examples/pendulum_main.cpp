// Finds the length of a pendulum from where it is after two seconds, by Newton's method.
//   adgen pendulum.cpp --wrt length --with-value
#include "pendulum_grad.h"

#include <cmath>
#include <cstdio>

double pendulum(double angle, double velocity, double length, double damping, double h, int steps);

int main() {
  const double truth = 0.8, h = 0.01;
  const int steps = 200;
  const double seen = pendulum(0.5, 0, truth, 0.1, h, steps);

  double length = 0.7;
  for (int trial = 0; trial < 20; ++trial) {
    const pendulum_gradient at = pendulum_grad(0.5, 0, length, 0.1, h, steps);
    const double step = (at.value - seen) / at.length;
    std::printf("length %.12f, off by %.3e\n", length, at.value - seen);
    length -= step;
    if (std::fabs(step) < 1e-13)
      break;
  }
  const bool good = std::fabs(length - truth) < 1e-12;
  std::puts(good ? "the length was found" : "the length was not found");
  return good ? 0 : 1;
}
