// The programs that are measured, each behind one interface: from a point (the
// inputs that are differentiated by) to a result and its gradient.
//
// `point(k, x)` fills in the k-th of the 16 points between which a measurement
// rotates, so that branches are not learnt by heart; `primal` is the user's
// program, `hand` its adjoint written by hand, `generic` the program for any
// number type. The derivative that adgen wrote is in generated/<name>.cpp.
#ifndef BENCH_PROGRAMS_H
#define BENCH_PROGRAMS_H

#include "generic.h"
#include "hand/hand.h"

// The originals.
double implied_volatility(double price, double spot, double strike, double rate,
                          double expiry);
double driven_pendulum(double angle, double velocity, double length,
                       double damping, double h, int steps);
void predator_prey(double capacity, double mortality, double h, int steps,
                   double &prey, double &predators);
double band_radiance(double temperature, double low, double high,
                     double tolerance);
double gamma_cdf(double shape, double x);
double robust_fit(double amplitude, double rate, double background,
                  double width, int n);
double product_yield(double temperature, double energy1, double energy2,
                     double energy3, double h, int steps);
double pressure_drop(double flow, double diameter, double temperature,
                     double length);
double logistic_map(double r, double x, int n);
double cube_root(double a);
double nested(double x);
double branching(double x, int depth);

constexpr int points = 16;

struct ImpliedVolatility {
  static constexpr const char *name = "implied_volatility";
  static constexpr int inputs = 5;
  static void point(int k, double *x) {
    // Every fourth option is far out of the money, where Newton's method alone
    // leaves the bracket.
    const bool far = k % 4 == 3;
    x[0] = far ? 6 + 0.1 * k : 12 + 1.5 * k;
    x[1] = 100 + 0.3 * k;
    x[2] = far ? 350 : 95 + k % 5 * 4;
    x[3] = 0.02;
    x[4] = far ? 0.3 : 1 + 0.05 * k;
  }
  static double primal(const double *x) {
    return implied_volatility(x[0], x[1], x[2], x[3], x[4]);
  }
  static void hand(const double *x, double *g) {
    const auto r = hand::implied_volatility_grad(x[0], x[1], x[2], x[3], x[4]);
    g[0] = r.price, g[1] = r.spot, g[2] = r.strike, g[3] = r.rate,
    g[4] = r.expiry;
  }
  template <class T> static T generic(const T *x) {
    return generic::implied_volatility(x[0], x[1], x[2], x[3], x[4]);
  }
};

struct DrivenPendulum {
  static constexpr const char *name = "driven_pendulum";
  static constexpr int inputs = 4, steps = 200;
  static constexpr double h = 0.02;
  static void point(int k, double *x) {
    x[0] = 0.3 + 0.02 * k, x[1] = 0.1 * k, x[2] = 0.8 + 0.03 * k, x[3] = 0.2;
  }
  static double primal(const double *x) {
    return driven_pendulum(x[0], x[1], x[2], x[3], h, steps);
  }
  static void hand(const double *x, double *g) {
    const auto r = hand::driven_pendulum_grad(x[0], x[1], x[2], x[3], h, steps);
    g[0] = r.angle, g[1] = r.velocity, g[2] = r.length, g[3] = r.damping;
  }
  template <class T> static T generic(const T *x) {
    return generic::driven_pendulum(x[0], x[1], x[2], x[3], h, steps);
  }
};

/// Two results, which count as the prey and half the predators.
struct PredatorPrey {
  static constexpr const char *name = "predator_prey";
  static constexpr int inputs = 4, steps = 200;
  static constexpr double h = 0.05;
  static void point(int k, double *x) {
    x[0] = 3 + 0.1 * k, x[1] = 0.4 + 0.01 * k, x[2] = 1.5,
    x[3] = 0.8 + 0.02 * k;
  }
  static double primal(const double *x) {
    double prey = x[2], predators = x[3];
    predator_prey(x[0], x[1], h, steps, prey, predators);
    return prey + 0.5 * predators;
  }
  static void hand(const double *x, double *g) {
    double prey = x[2], predators = x[3];
    g[2] = 1, g[3] = 0.5;
    const auto r = hand::predator_prey_grad(x[0], x[1], h, steps, prey,
                                            predators, g[2], g[3]);
    g[0] = r.capacity, g[1] = r.mortality;
  }
  template <class T> static T generic(const T *x) {
    T prey = x[2], predators = x[3];
    generic::predator_prey(x[0], x[1], h, steps, prey, predators);
    return T(prey + 0.5 * predators);
  }
};

struct BandRadiance {
  static constexpr const char *name = "band_radiance";
  static constexpr int inputs = 3;
  static constexpr double tolerance = 1e-8;
  static void point(int k, double *x) {
    x[0] = 280 + 7 * k, x[1] = 7.5 + 0.03 * k, x[2] = 13.5 + 0.1 * k;
  }
  static double primal(const double *x) {
    return band_radiance(x[0], x[1], x[2], tolerance);
  }
  static void hand(const double *x, double *g) {
    const auto r = hand::band_radiance_grad(x[0], x[1], x[2], tolerance);
    g[0] = r.temperature, g[1] = r.low, g[2] = r.high;
  }
  template <class T> static T generic(const T *x) {
    return generic::band_radiance(x[0], x[1], x[2], tolerance);
  }
};

/// Half of the points take the series, half the continued fraction.
struct IncompleteGamma {
  static constexpr const char *name = "incomplete_gamma";
  static constexpr int inputs = 2;
  static void point(int k, double *x) {
    x[0] = 2.3 + 0.4 * k;
    x[1] = x[0] * (k % 2 == 0 ? 0.6 : 1.9);
  }
  static double primal(const double *x) { return gamma_cdf(x[0], x[1]); }
  static void hand(const double *x, double *g) {
    const auto r = hand::gamma_cdf_grad(x[0], x[1]);
    g[0] = r.shape, g[1] = r.x;
  }
  template <class T> static T generic(const T *x) {
    return generic::gamma_cdf(x[0], x[1]);
  }
};

struct RobustFit {
  static constexpr const char *name = "robust_fit";
  static constexpr int inputs = 4, n = 200;
  static void point(int k, double *x) {
    x[0] = 1.7 + 0.03 * k, x[1] = 1.1 + 0.02 * k, x[2] = 0.4,
    x[3] = 0.1 + 0.004 * k;
  }
  static double primal(const double *x) {
    return robust_fit(x[0], x[1], x[2], x[3], n);
  }
  static void hand(const double *x, double *g) {
    const auto r = hand::robust_fit_grad(x[0], x[1], x[2], x[3], n);
    g[0] = r.amplitude, g[1] = r.rate, g[2] = r.background, g[3] = r.width;
  }
  template <class T> static T generic(const T *x) {
    return generic::robust_fit(x[0], x[1], x[2], x[3], n);
  }
};

struct Kinetics {
  static constexpr const char *name = "kinetics";
  static constexpr int inputs = 4, steps = 150;
  static constexpr double h = 1e-3;
  static void point(int k, double *x) {
    x[0] = 290 + 2 * k, x[1] = 45, x[2] = 30 - 0.1 * k, x[3] = 38;
  }
  static double primal(const double *x) {
    return product_yield(x[0], x[1], x[2], x[3], h, steps);
  }
  static void hand(const double *x, double *g) {
    const auto r = hand::product_yield_grad(x[0], x[1], x[2], x[3], h, steps);
    g[0] = r.temperature, g[1] = r.energy1, g[2] = r.energy2, g[3] = r.energy3;
  }
  template <class T> static T generic(const T *x) {
    return generic::product_yield(x[0], x[1], x[2], x[3], h, steps);
  }
};

/// One point in four is laminar.
struct PressureDrop {
  static constexpr const char *name = "pressure_drop";
  static constexpr int inputs = 3;
  static constexpr double length = 100;
  static void point(int k, double *x) {
    x[0] = k % 4 == 3 ? 1e-5 : 1e-3 * (1 + k), x[1] = 0.05 + 0.004 * k,
    x[2] = 10 + 3 * k;
  }
  static double primal(const double *x) {
    return pressure_drop(x[0], x[1], x[2], length);
  }
  static void hand(const double *x, double *g) {
    const auto r = hand::pressure_drop_grad(x[0], x[1], x[2], length);
    g[0] = r.flow, g[1] = r.diameter, g[2] = r.temperature;
  }
  template <class T> static T generic(const T *x) {
    return generic::pressure_drop(x[0], x[1], x[2], length);
  }
};

struct Recurrence {
  static constexpr const char *name = "recurrence";
  static constexpr int inputs = 2, n = 256;
  static void point(int k, double *x) {
    x[0] = 2.95 + 0.01 * k, x[1] = 0.1 + 0.05 * k;
  }
  static double primal(const double *x) { return logistic_map(x[0], x[1], n); }
  static void hand(const double *x, double *g) {
    const auto r = hand::logistic_map_grad(x[0], x[1], n);
    g[0] = r.r, g[1] = r.x;
  }
  template <class T> static T generic(const T *x) {
    return generic::logistic_map(x[0], x[1], n);
  }
};

struct Newton {
  static constexpr const char *name = "newton";
  static constexpr int inputs = 1;
  static void point(int k, double *x) { x[0] = 0.4 + 3.7 * k; }
  static double primal(const double *x) { return cube_root(x[0]); }
  static void hand(const double *x, double *g) {
    g[0] = hand::cube_root_grad(x[0]);
  }
  template <class T> static T generic(const T *x) {
    return generic::cube_root(x[0]);
  }
};

// Calls in depth: no adjoints by hand.

struct Nested {
  static constexpr const char *name = "nested";
  static constexpr int inputs = 1;
  static void point(int k, double *x) { x[0] = 0.1 + 0.05 * k; }
  static double primal(const double *x) { return nested(x[0]); }
};

struct Branching {
  static constexpr const char *name = "branching";
  static constexpr int inputs = 1, depth = 10;
  static void point(int k, double *x) { x[0] = 0.1 + 0.05 * k; }
  static double primal(const double *x) { return branching(x[0], depth); }
};

/// Calls `visit(P())` for every program P, in the order of the table.
template <class Visit> void for_each_program(Visit visit) {
  visit(ImpliedVolatility());
  visit(DrivenPendulum());
  visit(PredatorPrey());
  visit(BandRadiance());
  visit(IncompleteGamma());
  visit(RobustFit());
  visit(Kinetics());
  visit(PressureDrop());
  visit(Recurrence());
  visit(Newton());
}

/// The same for those that measure the depth of calls.
template <class Visit> void for_each_deep_program(Visit visit) {
  visit(Nested());
  visit(Branching());
}

#endif
