// A trip is x' = (2 x + a / x^2) / 3, whose two derivatives need one division.
#include "hand.h"

#include <cmath>

double hand::cube_root_grad(double a, double seed) {
  double tape[100];
  int trips = 0;
  double x = a > 1 ? a / 3 : 1;
  while (trips < 100) {
    tape[trips++] = x;
    const double step = (x * x * x - a) / (3 * x * x);
    x -= step;
    if (std::fabs(step) < 1e-14)
      break;
  }
  double a_bar = 0, x_bar = seed;
  for (int k = trips - 1; k >= 0; --k) {
    const double inverse = 1 / tape[k];
    const double by_a = inverse * inverse * (1.0 / 3);
    a_bar += by_a * x_bar;
    x_bar *= 2.0 / 3 - 2 * a * by_a * inverse;
  }
  return a > 1 ? a_bar + x_bar / 3 : a_bar;
}
