// The adjoints as an expert writes them by hand, for speed: what adgen's output
// is measured against.
//
// Each is the derivative of what the program computes, to rounding: algebra is
// simplified, values are kept where that is cheaper than computing them again,
// and a program's loop may be differentiated forward where that needs no tape;
// but no theorem about the result replaces the program (the derivative of a
// root is not taken from the implicit function theorem). They were written
// before adgen could differentiate these programs, and are not changed to look
// better or worse beside its output.
#ifndef BENCH_HAND_H
#define BENCH_HAND_H

namespace hand {

struct implied_volatility_gradient {
  double price, spot, strike, rate, expiry;
};
implied_volatility_gradient implied_volatility_grad(double price, double spot,
                                                    double strike, double rate,
                                                    double expiry,
                                                    double seed = 1);

struct driven_pendulum_gradient {
  double angle, velocity, length, damping;
};
driven_pendulum_gradient driven_pendulum_grad(double angle, double velocity,
                                              double length, double damping,
                                              double h, int steps,
                                              double seed = 1);

struct predator_prey_gradient {
  double capacity, mortality;
};
predator_prey_gradient predator_prey_grad(double capacity, double mortality,
                                          double h, int steps, double &prey,
                                          double &predators, double &prey_bar,
                                          double &predators_bar);

struct band_radiance_gradient {
  double temperature, low, high;
};
band_radiance_gradient band_radiance_grad(double temperature, double low,
                                          double high, double tolerance,
                                          double seed = 1);

struct gamma_cdf_gradient {
  double shape, x;
};
gamma_cdf_gradient gamma_cdf_grad(double shape, double x, double seed = 1);

struct robust_fit_gradient {
  double amplitude, rate, background, width;
};
robust_fit_gradient robust_fit_grad(double amplitude, double rate,
                                    double background, double width, int n,
                                    double seed = 1);

struct product_yield_gradient {
  double temperature, energy1, energy2, energy3;
};
product_yield_gradient product_yield_grad(double temperature, double energy1,
                                          double energy2, double energy3,
                                          double h, int steps, double seed = 1);

struct pressure_drop_gradient {
  double flow, diameter, temperature;
};
pressure_drop_gradient pressure_drop_grad(double flow, double diameter,
                                          double temperature, double length,
                                          double seed = 1);

struct logistic_map_gradient {
  double r, x;
};
logistic_map_gradient logistic_map_grad(double r, double x, int n,
                                        double seed = 1);

double cube_root_grad(double a, double seed = 1);

} // namespace hand

#endif
