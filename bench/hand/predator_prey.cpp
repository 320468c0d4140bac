// Both populations of every stage are kept with 1 / (1 + prey), so that the
// reverse sweep divides by nothing; the capacity enters by its inverse.
#include "hand.h"

#include <memory>

namespace {
struct Step {
  double prey[4], predators[4], inverse[4];
};
} // namespace

hand::predator_prey_gradient
hand::predator_prey_grad(double capacity, double mortality, double h, int steps,
                         double &prey, double &predators, double &prey_bar,
                         double &predators_bar) {
  const double crowding = 1 / capacity, half = 0.5 * h, sixth = h / 6;
  const std::unique_ptr<Step[]> tape(new Step[steps > 0 ? steps : 0]);
  double x = prey, y = predators;
  for (int k = 0; k < steps; ++k) {
    Step &s = tape[k];
    double dx[4], dy[4];
    const auto stage = [&](int i, double u, double v) {
      const double inverse = 1 / (1 + u);
      const double eaten = u * v * inverse;
      s.prey[i] = u;
      s.predators[i] = v;
      s.inverse[i] = inverse;
      dx[i] = u * (1 - u * crowding) - eaten;
      dy[i] = eaten - mortality * v;
    };
    stage(0, x, y);
    stage(1, x + half * dx[0], y + half * dy[0]);
    stage(2, x + half * dx[1], y + half * dy[1]);
    stage(3, x + h * dx[2], y + h * dy[2]);
    x += sixth * (dx[0] + 2 * (dx[1] + dx[2]) + dx[3]);
    y += sixth * (dy[0] + 2 * (dy[1] + dy[2]) + dy[3]);
  }
  prey = x;
  predators = y;

  double x_bar = prey_bar, y_bar = predators_bar, crowding_bar = 0,
         mortality_bar = 0;
  for (int k = steps - 1; k >= 0; --k) {
    const Step &s = tape[k];
    double u_bar = 0, v_bar = 0, u_sum = x_bar, v_sum = y_bar;
    // From the adjoints of a stage's rates to those of what it starts from.
    const auto stage = [&](int i, double dx_bar, double dy_bar) {
      const double u = s.prey[i], v = s.predators[i], inverse = s.inverse[i];
      const double eaten_bar = (dy_bar - dx_bar) * inverse;
      u_bar = dx_bar * (1 - 2 * u * crowding) + eaten_bar * v * inverse;
      v_bar = eaten_bar * u - mortality * dy_bar;
      crowding_bar -= u * u * dx_bar;
      mortality_bar -= v * dy_bar;
      u_sum += u_bar;
      v_sum += v_bar;
    };
    const double x6 = sixth * x_bar, y6 = sixth * y_bar;
    stage(3, x6, y6);
    stage(2, 2 * x6 + h * u_bar, 2 * y6 + h * v_bar);
    stage(1, 2 * x6 + half * u_bar, 2 * y6 + half * v_bar);
    stage(0, x6 + half * u_bar, y6 + half * v_bar);
    x_bar = u_sum;
    y_bar = v_sum;
  }
  prey_bar = x_bar;
  predators_bar = y_bar;
  return {-crowding * crowding * crowding_bar, mortality_bar};
}
