// Sine and cosine of each stage's angle come from one evaluation and are kept,
// with the stage's velocity; the drive at the end of a step is that at the
// start of the next. The reverse sweep is arithmetic alone, and everything by
// the pull 9.81 / length, which is differentiated once.
#include "hand.h"

#include <cmath>
#include <memory>

namespace {
struct Step {
  double sine[4], cosine[4], velocity[4];
};
} // namespace

hand::driven_pendulum_gradient
hand::driven_pendulum_grad(double angle, double velocity, double length,
                           double damping, double h, int steps, double seed) {
  const double pull = 9.81 / length, half = 0.5 * h, sixth = h / 6;
  const std::unique_ptr<Step[]> tape(new Step[steps > 0 ? steps : 0]);
  double drive = 1.2;
  for (int k = 0; k < steps; ++k) {
    Step &s = tape[k];
    const double drive_half = 1.2 * std::cos(2 * (k * h + half));
    const double drive_end = 1.2 * std::cos(2 * (k * h + h));
    const auto stage = [&](int i, double at, double w, double push) {
      s.sine[i] = std::sin(at);
      s.cosine[i] = std::cos(at);
      s.velocity[i] = w;
      return push - pull * s.sine[i] - damping * w;
    };
    const double w1 = velocity;
    const double v1 = stage(0, angle, w1, drive);
    const double w2 = velocity + half * v1;
    const double v2 = stage(1, angle + half * w1, w2, drive_half);
    const double w3 = velocity + half * v2;
    const double v3 = stage(2, angle + half * w2, w3, drive_half);
    const double w4 = velocity + h * v3;
    const double v4 = stage(3, angle + h * w3, w4, drive_end);
    angle += sixth * (w1 + 2 * (w2 + w3) + w4);
    velocity += sixth * (v1 + 2 * (v2 + v3) + v4);
    drive = drive_end;
  }

  double angle_bar = seed, velocity_bar = 0, pull_bar = 0, damping_bar = 0;
  for (int k = steps - 1; k >= 0; --k) {
    const Step &s = tape[k];
    // Of the stages' rates: v the accelerations, w the velocities, x the angles
    // that they start from.
    const double v4 = sixth * velocity_bar;
    const double x4 = -pull * s.cosine[3] * v4;
    const double w4 = sixth * angle_bar - damping * v4;
    const double v3 = 2 * sixth * velocity_bar + h * w4;
    const double x3 = -pull * s.cosine[2] * v3;
    const double w3 = 2 * sixth * angle_bar - damping * v3 + h * x4;
    const double v2 = 2 * sixth * velocity_bar + half * w3;
    const double x2 = -pull * s.cosine[1] * v2;
    const double w2 = 2 * sixth * angle_bar - damping * v2 + half * x3;
    const double v1 = sixth * velocity_bar + half * w2;
    const double x1 = -pull * s.cosine[0] * v1;
    const double w1 = sixth * angle_bar - damping * v1 + half * x2;
    pull_bar -=
        s.sine[0] * v1 + s.sine[1] * v2 + s.sine[2] * v3 + s.sine[3] * v4;
    damping_bar -= s.velocity[0] * v1 + s.velocity[1] * v2 +
                   s.velocity[2] * v3 + s.velocity[3] * v4;
    angle_bar += x1 + x2 + x3 + x4;
    velocity_bar += w1 + w2 + w3 + w4;
  }
  return {angle_bar, velocity_bar, -pull / length * pull_bar, damping_bar};
}
