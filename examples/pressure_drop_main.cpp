// Sizes a pipe: the diameter at which 2 l/s of water lose 20 kPa, by Newton's
// method. The derivatives of water's properties are made once, by themselves.
//   adgen water.cpp
//   adgen pressure_drop.cpp --wrt flow,diameter,temperature --use water_grad.h
#include "differences.h"
#include "pressure_drop_grad.h"

#include <cmath>
#include <cstdio>

double pressure_drop(double flow, double diameter, double temperature,
                     double length);

int main() {
  const double flow = 2e-3, temperature = 15, length = 100, allowed = 20e3;
  double diameter = 0.04;
  bool good = true;
  for (int trial = 0; trial < 30; ++trial) {
    const pressure_drop_gradient at =
        pressure_drop_grad(flow, diameter, temperature, length);
    const double drop = pressure_drop(flow, diameter, temperature, length);
    std::printf("%.12f m: %.6f Pa\n", diameter, drop);
    const double step = (drop - allowed) / at.diameter;
    if (std::fabs(step) < 1e-13) {
      good &= agree("flow", at.flow, flow, [&](double f) {
        return pressure_drop(f, diameter, temperature, length);
      });
      good &= agree("diameter", at.diameter, diameter, [&](double d) {
        return pressure_drop(flow, d, temperature, length);
      });
      good &= agree("temperature", at.temperature, temperature, [&](double t) {
        return pressure_drop(flow, diameter, t, length);
      });
      break;
    }
    diameter -= step;
  }
  good &= std::fabs(pressure_drop(flow, diameter, temperature, length) -
                    allowed) < 1e-6;
  std::puts(good ? "the pipe has its size" : "the pipe has no size");
  return good ? 0 : 1;
}
