// A damped pendulum that is driven, by the Runge-Kutta method of rk4.h, which
// calls the equation of motion. Who needs it: whoever finds a length or a
// friction from a measured swing.
#include "rk4.h"

#include <cmath>

struct PendulumMotion {
  void operator()(double t, double angle, double velocity, double length,
                  double damping, double &angle_rate,
                  double &velocity_rate) const {
    const double drive = 1.2 * std::cos(2.0 * t);
    angle_rate = velocity;
    velocity_rate =
        drive - 9.81 / length * std::sin(angle) - damping * velocity;
  }
};

double driven_pendulum(double angle, double velocity, double length,
                       double damping, double h, int steps) {
  for (int k = 0; k < steps; ++k)
    rk4_step(PendulumMotion(), k * h, h, length, damping, angle, velocity);
  return angle;
}
