// Robertson's autocatalytic reaction A -> B -> C with rates that depend on the
// temperature, by a linearly implicit Euler method with growing steps, as its
// rates differ by nine orders of magnitude. Who needs it: chemical engineers,
// for how a yield depends on the temperature and on activation energies.
#include <cmath>

/// The rate at a temperature in K, from the one at 300 K, with an activation
/// energy in kJ/mol.
static double arrhenius(double rate_at_300, double exponent, double energy,
                        double temperature) {
  const double gas_constant = 8.31446e-3;
  return rate_at_300 * std::pow(temperature / 300, exponent) *
         std::exp(energy / gas_constant * (1.0 / 300 - 1 / temperature));
}

/// The time derivatives of a and b; what is neither is c.
static void reaction(double k1, double k2, double k3, double a, double b,
                     double &a_rate, double &b_rate) {
  const double back = k3 * b * (1 - a - b);
  a_rate = back - k1 * a;
  b_rate = k1 * a - back - k2 * b * b;
}

/// Replaces (x, y) by the solution of p x + q y = x, r x + s y = y of before.
static void solve(double p, double q, double r, double s, double *x,
                  double *y) {
  const double determinant = p * s - q * r;
  const double first = (s * *x - q * *y) / determinant;
  *y = (p * *y - r * *x) / determinant;
  *x = first;
}

/// One step (1 - h J) d = h f of the method.
static void implicit_step(double h, double k1, double k2, double k3, double &a,
                          double &b) {
  double da, db;
  reaction(k1, k2, k3, a, b, da, db);
  da *= h;
  db *= h;
  const double by_a = -k3 * b;
  const double by_b = k3 * (1 - a - 2 * b);
  solve(1 - h * (by_a - k1), -h * by_b, -h * (k1 - by_a),
        1 + h * (by_b + 2 * k2 * b), &da, &db);
  a += da;
  b += db;
}

/// The share of the product after the given number of steps, each 5 % longer
/// than the one before.
double product_yield(double temperature, double energy1, double energy2,
                     double energy3, double h, int steps) {
  const double k1 = arrhenius(0.04, 0, energy1, temperature);
  const double k2 = arrhenius(3e7, 0.5, energy2, temperature);
  const double k3 = arrhenius(1e4, 1.2, energy3, temperature);
  double a = 1, b = 0;
  for (int k = 0; k < steps; ++k) {
    implicit_step(h, k1, k2, k3, a, b);
    h *= 1.05;
  }
  return 1 - a - b;
}
