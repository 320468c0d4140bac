// The volatility at which the Black-Scholes formula gives an observed price, by
// Newton's method kept inside a bracket. Who needs it: every options desk
// quotes by it, and hedges with its derivatives by the price and by the market.
#include <cmath>

static double normal_cdf(double x) {
  return 0.5 * std::erfc(-x * std::sqrt(0.5));
}

static double normal_density(double x) {
  return std::exp(-0.5 * x * x) / std::sqrt(2 * M_PI);
}

/// How far in the money the option is, in standard deviations.
static double moneyness(double spot, double strike, double rate,
                        double volatility, double expiry) {
  return (std::log(spot / strike) +
          (rate + 0.5 * volatility * volatility) * expiry) /
         (volatility * std::sqrt(expiry));
}

double call_price(double spot, double strike, double rate, double volatility,
                  double expiry) {
  const double d1 = moneyness(spot, strike, rate, volatility, expiry);
  const double d2 = d1 - volatility * std::sqrt(expiry);
  return spot * normal_cdf(d1) -
         strike * std::exp(-rate * expiry) * normal_cdf(d2);
}

static double vega(double spot, double strike, double rate, double volatility,
                   double expiry) {
  return spot *
         normal_density(moneyness(spot, strike, rate, volatility, expiry)) *
         std::sqrt(expiry);
}

double implied_volatility(double price, double spot, double strike, double rate,
                          double expiry) {
  double low = 1e-3, high = 5;
  double volatility = 0.5;
  for (int k = 0; k < 60; ++k) {
    const double excess =
        call_price(spot, strike, rate, volatility, expiry) - price;
    if (excess > 0)
      high = volatility;
    else
      low = volatility;
    double next =
        volatility - excess / vega(spot, strike, rate, volatility, expiry);
    if (!(next >= low && next <= high))
      next = 0.5 * (low + high);
    const double step = next - volatility;
    volatility = next;
    if (std::fabs(step) < 1e-10)
      break;
  }
  return volatility;
}
