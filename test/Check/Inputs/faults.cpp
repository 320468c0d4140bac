// A function with derivatives by hand, with the fault that the environment variable FAULT names.
#include <cmath>
#include <cstdlib>
#include <vector>

static const int fault = std::atoi(std::getenv("FAULT"));

struct Spring {
  double stiffness, length;
};

/// The energy of a chain; replaces the positions by the forces.
static double energy(double *x, int n, const Spring &spring, double mass) {
  double e = 0;
  std::vector<double> forces(n);
  for (int i = 0; i + 1 < n; ++i) {
    const double stretch = std::fabs(x[i + 1] - x[i]) - spring.length;
    const double pull = std::copysign(1, x[i + 1] - x[i]) * spring.stiffness * stretch;
    forces[i] += pull;
    forces[i + 1] -= pull;
    e += 0.5 * spring.stiffness * stretch * stretch * mass;
  }
  for (int i = 0; i < n; ++i)
    x[i] = forces[i];
  return e;
}

static double energy_jvp(double *x, int n, const Spring &spring, double mass, double *x_dot,
                         const Spring &spring_dot, double mass_dot) {
  double e_dot = 0;
  std::vector<double> dots(n);
  for (int i = 0; i + 1 < n; ++i) {
    const double sign = std::copysign(1, x[i + 1] - x[i]);
    const double stretch = std::fabs(x[i + 1] - x[i]) - spring.length;
    double stretch_dot = sign * (x_dot[i + 1] - x_dot[i]) - spring_dot.length;
    if (fault == 1 && i == 2)
      stretch_dot *= 1 + 1e-4; // in one element, by so little
    const double pull_dot =
        sign * (spring_dot.stiffness * stretch + spring.stiffness * stretch_dot);
    dots[i] += pull_dot;
    dots[i + 1] -= pull_dot;
    e_dot += 0.5 * spring_dot.stiffness * stretch * stretch * mass +
             spring.stiffness * stretch * stretch_dot * mass +
             0.5 * spring.stiffness * stretch * stretch * mass_dot;
  }
  energy(x, n, spring, mass);
  for (int i = 0; i < n; ++i)
    x_dot[i] = dots[i];
  return e_dot;
}

static double energy_grad(double *x, int n, const Spring &spring, double mass, double *x_bar,
                          Spring &spring_bar, double seed) {
  double mass_bar = 0;
  std::vector<double> bars(x_bar, x_bar + n);
  for (int i = 0; i < n; ++i)
    x_bar[i] = fault == 2 ? bars[i] : 0; // what is overwritten has no adjoint
  Spring own = {0, 0};
  for (int i = 0; i + 1 < n; ++i) {
    const double sign = std::copysign(1, x[i + 1] - x[i]);
    const double stretch = std::fabs(x[i + 1] - x[i]) - spring.length;
    const double pull_bar = bars[i] - bars[i + 1];
    double stretch_bar = spring.stiffness * stretch * mass * seed + sign * spring.stiffness * pull_bar;
    own.stiffness += 0.5 * stretch * stretch * mass * seed + sign * stretch * pull_bar;
    own.length -= stretch_bar;
    mass_bar += 0.5 * spring.stiffness * stretch * stretch * seed;
    if (fault == 3)
      stretch_bar = std::fabs(stretch_bar); // a sign
    if (fault == 4 && i == 1)
      stretch_bar += 1e-7;
    x_bar[i + 1] += sign * stretch_bar;
    x_bar[i] -= sign * stretch_bar;
  }
  if (fault == 5)
    spring_bar = own; // not added to
  else {
    spring_bar.stiffness += own.stiffness;
    spring_bar.length += own.length;
  }
  if (fault != 6) // what the function writes is left out
    energy(x, n, spring, mass);
  return fault == 7 ? 0 : mass_bar;
}

// The parts of every program that checks a derivative.
#include "CheckText/numbers.h"
#include "CheckText/functions.h"
#include "CheckText/differences.h"
#include "CheckText/verdicts.h"
#include "CheckText/report.h"

template <> struct adgen::Members<Spring> {
  template <class F> static void each(Spring &object, F &&f) {
    f("stiffness", object.stiffness);
    f("length", object.length);
  }
};

struct Arguments {
  double *x;
  int n;
  Spring spring;
  double mass;
  template <class Visitor> void each(Visitor &&visit) {
    visit("x", adgen::Role::Written, x);
    visit("n", adgen::Role::Constant, n);
    visit("spring", adgen::Role::Read, spring);
    visit("mass", adgen::Role::Value, mass);
  }
};

struct Check {
  using adgen_types = adgen::Types<Arguments, double>;
  static constexpr const char *name = "energy", *place = "faults.cpp:10";
  static constexpr auto epsilon = std::numeric_limits<double>::epsilon();
  static constexpr bool hasReverse = true, hasForward = true;
  static void primal(Arguments &a, double &result) { result = energy(a.x, a.n, a.spring, a.mass); }
  static void forward(Arguments &a, Arguments &dot, double &result) {
    result = energy_jvp(a.x, a.n, a.spring, a.mass, dot.x, dot.spring, dot.mass);
  }
  static void reverse(Arguments &a, Arguments &bar, const double &seed) {
    bar.mass = energy_grad(a.x, a.n, a.spring, a.mass, bar.x, bar.spring, seed);
  }
};

int main(int argc, char **argv) {
  adgen::Session session;
  session.samples = 2;
  session.resize("x", {5});
  if (!session.parse(argc, argv))
    return 2;
  session.check<Check>();
  return session.finish();
}
