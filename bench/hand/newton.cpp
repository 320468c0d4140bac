// A trip is x' = (2 x + a / x^2) / 3. Its two derivatives are kept in place of
// x: they need one division, which fits beside the chain of the iteration, and
// the reverse sweep only multiplies and adds.
#include "hand.h"

#include <cmath>

double hand::cube_root_grad(double a, double seed) {
  double by_a[100], by_x[100];
  int trips = 0;
  double x = a > 1 ? a / 3 : 1;
  while (trips < 100) {
    const double inverse = 1 / x;
    by_a[trips] = inverse * inverse * (1.0 / 3);
    by_x[trips] = 2.0 / 3 - 2 * a * by_a[trips] * inverse;
    ++trips;
    const double step = (x * x * x - a) / (3 * x * x);
    x -= step;
    if (std::fabs(step) < 1e-14)
      break;
  }
  double a_bar = 0, x_bar = seed;
  for (int k = trips - 1; k >= 0; --k) {
    a_bar += by_a[k] * x_bar;
    x_bar *= by_x[k];
  }
  return a > 1 ? a_bar + x_bar / 3 : a_bar;
}
