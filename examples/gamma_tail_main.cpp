// Checks both modes: by x against the density, by the shape against differences.
//   adgen gamma_tail.cpp --mode reverse,forward
#include "gamma_tail_grad.h"

#include <cmath>
#include <cstdio>

double gamma_tail(double shape, double x);

int main() {
  const double shape = 2.5, x = 4.2;
  const gamma_tail_gradient slope = gamma_tail_grad(shape, x);
  const gamma_tail_dual along = gamma_tail_jvp(shape, x, 1, 0);
  const double density = std::exp((shape - 1) * std::log(x) - x - std::lgamma(shape));
  const double h = 1e-3;
  const double near = (gamma_tail(shape + h, x) - gamma_tail(shape - h, x)) / (2 * h);
  const double far = (gamma_tail(shape + 2 * h, x) - gamma_tail(shape - 2 * h, x)) / (4 * h);
  const double difference = (4 * near - far) / 3;

  std::printf("by x:     %.15f, minus the density %.15f\n", slope.x, -density);
  std::printf("by shape: %.15f, forward %.15f, differences %.15f\n", slope.shape, along.dot,
              difference);
  const bool good = std::fabs(slope.x + density) < 1e-13 &&
                    std::fabs(slope.shape - difference) < 1e-10 &&
                    std::fabs(slope.shape - along.dot) < 1e-13;
  std::puts(good ? "the derivatives agree" : "the derivatives differ");
  return good ? 0 : 1;
}
