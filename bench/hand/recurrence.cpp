// One value a trip is kept; the adjoint's chain is one multiplication a trip.
#include "hand.h"

#include <memory>

hand::logistic_map_gradient hand::logistic_map_grad(double r, double x, int n,
                                                    double seed) {
  const std::unique_ptr<double[]> tape(new double[n > 0 ? n : 0]);
  for (int k = 0; k < n; ++k) {
    tape[k] = x;
    x = r * x * (1 - x);
  }
  double r_bar = 0, x_bar = seed;
  for (int k = n - 1; k >= 0; --k) {
    x = tape[k];
    r_bar += x * (1 - x) * x_bar;
    x_bar *= r - 2 * r * x;
  }
  return {r_bar, x_bar};
}
