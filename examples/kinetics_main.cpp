// Finds the temperature at which 30 % of the product is there in time, by
// Newton's method, and says which activation energy the yield hangs on.
//   adgen kinetics.cpp --wrt temperature,energy1,energy2,energy3 --with-value
#include "differences.h"
#include "kinetics_grad.h"

#include <cmath>
#include <cstdio>

double product_yield(double temperature, double energy1, double energy2,
                     double energy3, double h, int steps);

int main() {
  const double e1 = 45, e2 = 30, e3 = 38, h = 1e-3, wanted = 0.3;
  const int steps = 150;
  double temperature = 290;
  bool good = true;
  for (int trial = 0; trial < 20; ++trial) {
    const product_yield_gradient at =
        product_yield_grad(temperature, e1, e2, e3, h, steps);
    std::printf("%.9f K: %.12f\n", temperature, at.value);
    const double step = (at.value - wanted) / at.temperature;
    if (std::fabs(step) < 1e-10) {
      good &= agree("temperature", at.temperature, temperature, [&](double t) {
        return product_yield(t, e1, e2, e3, h, steps);
      });
      good &= agree("energy1", at.energy1, e1, [&](double e) {
        return product_yield(temperature, e, e2, e3, h, steps);
      });
      good &= agree("energy2", at.energy2, e2, [&](double e) {
        return product_yield(temperature, e1, e, e3, h, steps);
      });
      good &= agree("energy3", at.energy3, e3, [&](double e) {
        return product_yield(temperature, e1, e2, e, h, steps);
      });
      break;
    }
    temperature -= step;
  }
  good &= std::fabs(product_yield(temperature, e1, e2, e3, h, steps) - wanted) <
          1e-11;
  std::puts(good ? "the temperature was found"
                 : "the temperature was not found");
  return good ? 0 : 1;
}
