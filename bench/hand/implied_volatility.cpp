// Every trip's value and partial derivatives follow from one exponential and
// two erfc, which the forward sweep keeps; what does not change from trip to
// trip is computed once. The reverse sweep is arithmetic alone.
#include "hand.h"

#include <cmath>

namespace {
struct Trip {
  double volatility, d1, n1, n2, vega, excess;
  bool above; // the price was too high: `volatility` became the bracket's upper
              // end
  bool bisects; // Newton's step left the bracket
};
} // namespace

hand::implied_volatility_gradient
hand::implied_volatility_grad(double price, double spot, double strike,
                              double rate, double expiry, double seed) {
  const double root = std::sqrt(expiry), log_ratio = std::log(spot / strike);
  const double discounted = strike * std::exp(-rate * expiry);
  const double peak = spot * root / std::sqrt(2 * M_PI), half = std::sqrt(0.5);
  Trip tape[60];
  int trips = 0;
  double low = 1e-3, high = 5, volatility = 0.5;
  while (trips < 60) {
    Trip &trip = tape[trips++];
    const double spread = volatility * root;
    const double d1 =
        (log_ratio + (rate + 0.5 * volatility * volatility) * expiry) / spread;
    const double d2 = d1 - spread;
    trip.volatility = volatility;
    trip.d1 = d1;
    trip.n1 = 0.5 * std::erfc(-d1 * half);
    trip.n2 = 0.5 * std::erfc(-d2 * half);
    trip.vega = peak * std::exp(-0.5 * d1 * d1);
    trip.excess = spot * trip.n1 - discounted * trip.n2 - price;
    trip.above = trip.excess > 0;
    (trip.above ? high : low) = volatility;
    double next = volatility - trip.excess / trip.vega;
    trip.bisects = !(next >= low && next <= high);
    if (trip.bisects)
      next = 0.5 * (low + high);
    const double step = next - volatility;
    volatility = next;
    if (std::fabs(step) < 1e-10)
      break;
  }

  implied_volatility_gradient g = {0, 0, 0, 0, 0};
  double volatility_bar = seed, low_bar = 0, high_bar = 0;
  double strike_bar = 0; // in units of 1 / strike
  for (int k = trips - 1; k >= 0; --k) {
    const Trip &trip = tape[k];
    double before_bar = 0;
    if (trip.bisects) {
      low_bar += 0.5 * volatility_bar;
      high_bar += 0.5 * volatility_bar;
    } else {
      const double v = trip.volatility, d1 = trip.d1, spread = v * root;
      const double per_vega = 1 / trip.vega, per_spread = 1 / spread;
      const double excess_bar = -volatility_bar * per_vega;
      // Of the vega's logarithm: vega = peak * exp(-d1 * d1 / 2).
      const double log_vega_bar = -trip.excess * excess_bar;
      const double d1_bar = -d1 * log_vega_bar;
      const double exercise = discounted * trip.n2;
      const double drift = (rate + 0.5 * v * v) * per_spread;
      before_bar =
          volatility_bar + excess_bar * trip.vega + d1_bar * (root - d1 / v);
      g.price -= excess_bar;
      g.spot +=
          excess_bar * trip.n1 + (log_vega_bar + d1_bar * per_spread) / spot;
      strike_bar -= excess_bar * exercise + d1_bar * per_spread;
      g.rate += excess_bar * expiry * exercise + d1_bar * expiry * per_spread;
      g.expiry +=
          excess_bar * (0.5 * trip.vega * v / expiry + rate * exercise) +
          0.5 * log_vega_bar / expiry + d1_bar * (drift - 0.5 * d1 / expiry);
    }
    double &end_bar = trip.above ? high_bar : low_bar;
    volatility_bar = before_bar + end_bar;
    end_bar = 0;
  }
  g.strike = strike_bar / strike;
  return g;
}
