// The adjoint of a linearly implicit step is one solve with the transposed
// matrix, whose inverse determinant is kept; the derivatives of h (f + J d) are
// worked out, and are simple at the new state.
#include "hand.h"

#include <cmath>
#include <memory>

namespace {
struct Step {
  double h, a, b, per_determinant;
};
} // namespace

hand::product_yield_gradient
hand::product_yield_grad(double temperature, double energy1, double energy2,
                         double energy3, double h, int steps, double seed) {
  const double gas_constant = 8.31446e-3;
  const double ratio = temperature / 300, root = std::sqrt(ratio);
  const double cold = (1.0 / 300 - 1 / temperature) / gas_constant;
  const double k1 = 0.04 * std::exp(energy1 * cold);
  const double k2 = 3e7 * root * std::exp(energy2 * cold);
  const double k3 = 1e4 * std::pow(ratio, 1.2) * std::exp(energy3 * cold);

  const std::unique_ptr<Step[]> tape(new Step[steps > 0 ? steps : 0]);
  double a = 1, b = 0;
  for (int k = 0; k < steps; ++k) {
    const double back = k3 * b * (1 - a - b);
    const double da = h * (back - k1 * a),
                 db = h * (k1 * a - back - k2 * b * b);
    const double by_a = -k3 * b, by_b = k3 * (1 - a - 2 * b);
    const double p = 1 - h * (by_a - k1), q = -h * by_b;
    const double r = -h * (k1 - by_a), s = 1 + h * (by_b + 2 * k2 * b);
    const double inverse = 1 / (p * s - q * r);
    tape[k] = {h, a, b, inverse};
    a += (s * da - q * db) * inverse;
    b += (p * db - r * da) * inverse;
    h *= 1.05;
  }

  double a_bar = -seed, b_bar = -seed, k1_bar = 0, k2_bar = 0, k3_bar = 0;
  for (int k = steps - 1; k >= 0; --k) {
    const Step &step = tape[k];
    const double db = b - step.b;
    const double by_a = -k3 * step.b, by_b = k3 * (1 - step.a - 2 * step.b);
    const double p = 1 - step.h * (by_a - k1), q = -step.h * by_b;
    const double r = -step.h * (k1 - by_a),
                 s = 1 + step.h * (by_b + 2 * k2 * step.b);
    // The solution of the transposed system, times h; `slope` is its first part
    // less its second.
    const double scale = step.h * step.per_determinant;
    const double second = (p * b_bar - q * a_bar) * scale;
    const double slope = (s * a_bar - r * b_bar) * scale - second;
    k1_bar -= slope * a;
    k2_bar -= second * (b * b - db * db);
    k3_bar +=
        slope * (step.b * (1 - a - step.b) + (1 - step.a - 2 * step.b) * db);
    a_bar -= slope * (k3 * b + k1);
    b_bar += slope * k3 * (1 - a - 2 * b) - 2 * second * k2 * b;
    a = step.a;
    b = step.b;
  }

  k1_bar *= k1;
  k2_bar *= k2;
  k3_bar *= k3;
  const double warm = 1 / (gas_constant * temperature);
  return {(k1_bar * energy1 * warm + k2_bar * (0.5 + energy2 * warm) +
           k3_bar * (1.2 + energy3 * warm)) /
              temperature,
          k1_bar * cold, k2_bar * cold, k3_bar * cold};
}
