// The price of a European call option. Who needs it: a trading desk hedges with the derivatives of
// the price by each input, the "Greeks"; one adjoint gives all five at the cost of about two prices.
#include <cmath>

double black_scholes(double spot, double strike, double rate, double volatility, double expiry) {
  const double spread = volatility * std::sqrt(expiry);
  const double d1 =
      (std::log(spot / strike) + (rate + 0.5 * volatility * volatility) * expiry) / spread;
  const double d2 = d1 - spread;
  const double likely = 0.5 * std::erfc(-d1 * std::sqrt(0.5));
  const double exercised = 0.5 * std::erfc(-d2 * std::sqrt(0.5));
  return spot * likely - strike * std::exp(-rate * expiry) * exercised;
}
