// How an implied volatility answers to a tick of the price and to the market,
// and what that predicts.
//   adgen implied_volatility.cpp --function implied_volatility --with-value
#include "differences.h"
#include "implied_volatility_grad.h"

#include <cmath>
#include <cstdio>
#include <initializer_list>

double implied_volatility(double price, double spot, double strike, double rate,
                          double expiry);

int main() {
  const double spot = 100, rate = 0.02, expiry = 0.75;
  bool good = true;
  for (double strike : {80.0, 100.0, 130.0, 200.0}) {
    const double price = strike < 100 ? 24 : strike < 150 ? 8 : 2;
    const implied_volatility_gradient at =
        implied_volatility_grad(price, spot, strike, rate, expiry);
    std::printf("strike %g: volatility %.6f\n", strike, at.value);
    good &= agree("price", at.price, price, [&](double p) {
      return implied_volatility(p, spot, strike, rate, expiry);
    });
    good &= agree("spot", at.spot, spot, [&](double s) {
      return implied_volatility(price, s, strike, rate, expiry);
    });
    good &= agree("strike", at.strike, strike, [&](double k) {
      return implied_volatility(price, spot, k, rate, expiry);
    });
    good &= agree("rate", at.rate, rate, [&](double r) {
      return implied_volatility(price, spot, strike, r, expiry);
    });
    good &= agree("expiry", at.expiry, expiry, [&](double t) {
      return implied_volatility(price, spot, strike, rate, t);
    });

    // A tick of the price, by the derivative and in truth.
    const double tick = 0.01;
    const double predicted = at.value + at.price * tick;
    const double quoted =
        implied_volatility(price + tick, spot, strike, rate, expiry);
    std::printf("  a tick up: %.9f, predicted %.9f\n", quoted, predicted);
    good &= std::fabs(quoted - predicted) < 1e-5;
  }
  std::puts(good ? "the volatilities answer as predicted"
                 : "the derivatives are wrong");
  return good ? 0 : 1;
}
