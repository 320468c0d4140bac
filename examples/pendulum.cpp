// A damped pendulum, integrated by the classical Runge-Kutta method. Who needs it: whoever fits the
// parameters of a differential equation to measurements, and wants the derivative of what was
// computed rather than of what was approximated.
#include <cmath>

double pendulum(double angle, double velocity, double length, double damping, double h,
                int steps) {
  const double pull = 9.81 / length;
  for (int k = 0; k < steps; ++k) {
    const double a1 = velocity;
    const double v1 = -pull * std::sin(angle) - damping * velocity;
    const double a2 = velocity + 0.5 * h * v1;
    const double v2 = -pull * std::sin(angle + 0.5 * h * a1) - damping * a2;
    const double a3 = velocity + 0.5 * h * v2;
    const double v3 = -pull * std::sin(angle + 0.5 * h * a2) - damping * a3;
    const double a4 = velocity + h * v3;
    const double v4 = -pull * std::sin(angle + h * a3) - damping * a4;
    angle += h / 6 * (a1 + 2 * a2 + 2 * a3 + a4);
    velocity += h / 6 * (v1 + 2 * v2 + 2 * v3 + v4);
  }
  return angle;
}
