// Prints the Greeks of an option and checks them against their closed forms.
//   adgen black_scholes.cpp --with-value
#include "black_scholes_grad.h"

#include <cmath>
#include <cstdio>

static bool show(const char *name, double adjoint, double closed) {
  std::printf("%-6s %22.16f %22.16f\n", name, adjoint, closed);
  return std::fabs(adjoint - closed) <= 1e-13 * std::fabs(closed);
}

int main() {
  const double spot = 102, strike = 95, rate = 0.03, volatility = 0.2, expiry = 1.5;
  const black_scholes_gradient greeks =
      black_scholes_grad(spot, strike, rate, volatility, expiry);

  const double root = std::sqrt(expiry);
  const double d1 = (std::log(spot / strike) + (rate + volatility * volatility / 2) * expiry) /
                    (volatility * root);
  const double d2 = d1 - volatility * root;
  const double n1 = 0.5 * std::erfc(-d1 / std::sqrt(2.0));
  const double n2 = 0.5 * std::erfc(-d2 / std::sqrt(2.0));
  const double density = std::exp(-d1 * d1 / 2) / std::sqrt(2 * std::acos(-1.0));
  const double discount = std::exp(-rate * expiry);

  bool good = show("price", greeks.value, spot * n1 - strike * discount * n2);
  good &= show("delta", greeks.spot, n1);
  good &= show("strike", greeks.strike, -discount * n2);
  good &= show("rho", greeks.rate, strike * expiry * discount * n2);
  good &= show("vega", greeks.volatility, spot * density * root);
  good &= show("theta", greeks.expiry,
               spot * density * volatility / (2 * root) + rate * strike * discount * n2);
  std::puts(good ? "all Greeks agree" : "the Greeks differ");
  return good ? 0 : 1;
}
