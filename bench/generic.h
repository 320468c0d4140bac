// The programs once more, for any number type: what a tool that overloads
// operators needs of its user. The statements are those of the originals; types
// are written out, since expression templates must not be kept in `auto`, and a
// function that such tools lack is made from its value and slope.
#ifndef BENCH_GENERIC_H
#define BENCH_GENERIC_H

#include <cmath>

namespace generic {

/// The value of a number; each tool's type has an overload beside it.
inline double passive(double x) { return x; }

/// digamma(x) for x > 0, the slope of lgamma.
inline double digamma(double x) {
  double shift = 0;
  for (; x < 8; x += 1)
    shift -= 1 / x;
  const double r = 1 / x, s = r * r;
  return shift + std::log(x) - 0.5 * r -
         s * (1.0 / 12 -
              s * (1.0 / 120 -
                   s * (1.0 / 252 -
                        s * (1.0 / 240 -
                             s * (1.0 / 132 - s * (691.0 / 32760 - s / 12))))));
}

/// The line through x with this value and slope: a function that the tool
/// lacks.
template <class T> T with_slope(const T &x, double value, double slope) {
  return T(value + slope * (x - passive(x)));
}

template <class T> T erfc(const T &x) {
  const double v = passive(x);
  return with_slope(x, std::erfc(v), -1.1283791670955126 * std::exp(-v * v));
}

template <class T> T expm1(const T &x) {
  const double v = std::expm1(passive(x));
  return with_slope(x, v, v + 1);
}

template <class T> T lgamma(const T &x) {
  return with_slope(x, std::lgamma(passive(x)), digamma(passive(x)));
}

// Options.

template <class T> T normal_cdf(const T &x) {
  return T(0.5 * erfc(T(-x * std::sqrt(0.5))));
}

template <class T> T normal_density(const T &x) {
  using std::exp;
  return T(exp(T(-0.5 * x * x)) / std::sqrt(2 * M_PI));
}

template <class T>
T moneyness(const T &spot, const T &strike, const T &rate, const T &volatility,
            const T &expiry) {
  using std::log, std::sqrt;
  return T((log(T(spot / strike)) +
            (rate + 0.5 * volatility * volatility) * expiry) /
           (volatility * sqrt(expiry)));
}

template <class T>
T call_price(const T &spot, const T &strike, const T &rate, const T &volatility,
             const T &expiry) {
  using std::exp, std::sqrt;
  const T d1 = moneyness(spot, strike, rate, volatility, expiry);
  const T d2 = d1 - volatility * sqrt(expiry);
  return T(spot * normal_cdf(d1) -
           strike * exp(T(-rate * expiry)) * normal_cdf(d2));
}

template <class T>
T vega(const T &spot, const T &strike, const T &rate, const T &volatility,
       const T &expiry) {
  using std::sqrt;
  return T(spot *
           normal_density(moneyness(spot, strike, rate, volatility, expiry)) *
           sqrt(expiry));
}

template <class T>
T implied_volatility(const T &price, const T &spot, const T &strike,
                     const T &rate, const T &expiry) {
  T low = 1e-3, high = 5.0, volatility = 0.5;
  for (int k = 0; k < 60; ++k) {
    const T excess = call_price(spot, strike, rate, volatility, expiry) - price;
    if (passive(excess) > 0)
      high = volatility;
    else
      low = volatility;
    T next = volatility - excess / vega(spot, strike, rate, volatility, expiry);
    if (!(passive(next) >= passive(low) && passive(next) <= passive(high)))
      next = 0.5 * (low + high);
    const double step = passive(next) - passive(volatility);
    volatility = next;
    if (std::fabs(step) < 1e-10)
      break;
  }
  return volatility;
}

// Differential equations.

template <class Rhs, class T>
void rk4_step(Rhs rhs, double t, double h, const T &p, const T &q, T &x, T &y) {
  T x1 = 0.0, y1 = 0.0, x2 = 0.0, y2 = 0.0, x3 = 0.0, y3 = 0.0, x4 = 0.0,
    y4 = 0.0;
  rhs(t, x, y, p, q, x1, y1);
  rhs(t + 0.5 * h, T(x + 0.5 * h * x1), T(y + 0.5 * h * y1), p, q, x2, y2);
  rhs(t + 0.5 * h, T(x + 0.5 * h * x2), T(y + 0.5 * h * y2), p, q, x3, y3);
  rhs(t + h, T(x + h * x3), T(y + h * y3), p, q, x4, y4);
  x += h / 6 * (x1 + 2.0 * x2 + 2.0 * x3 + x4);
  y += h / 6 * (y1 + 2.0 * y2 + 2.0 * y3 + y4);
}

struct PendulumMotion {
  template <class T>
  void operator()(double t, const T &angle, const T &velocity, const T &length,
                  const T &damping, T &angle_rate, T &velocity_rate) const {
    using std::sin;
    const double drive = 1.2 * std::cos(2.0 * t);
    angle_rate = velocity;
    velocity_rate = drive - 9.81 / length * sin(angle) - damping * velocity;
  }
};

template <class T>
T driven_pendulum(T angle, T velocity, const T &length, const T &damping,
                  double h, int steps) {
  for (int k = 0; k < steps; ++k)
    rk4_step(PendulumMotion(), k * h, h, length, damping, angle, velocity);
  return angle;
}

struct Populations {
  template <class T>
  void operator()(double, const T &prey, const T &predators, const T &capacity,
                  const T &mortality, T &prey_rate, T &predator_rate) const {
    const T eaten = prey * predators / (1.0 + prey);
    prey_rate = prey * (1.0 - prey / capacity) - eaten;
    predator_rate = eaten - mortality * predators;
  }
};

template <class T>
void predator_prey(const T &capacity, const T &mortality, double h, int steps,
                   T &prey, T &predators) {
  for (int k = 0; k < steps; ++k)
    rk4_step(Populations{}, k * h, h, capacity, mortality, prey, predators);
}

// Quadrature.

template <class T> T planck(const T &wavelength, const T &temperature) {
  using std::pow;
  const double c1 = 1.191042972e8, c2 = 1.438776877e4;
  return T(c1 /
           (pow(wavelength, 5.0) * expm1(T(c2 / (wavelength * temperature)))));
}

template <class T>
T simpson(const T &width, const T &left, const T &middle, const T &right) {
  return T(width / 6.0 * (left + 4.0 * middle + right));
}

template <class T>
T refine(const T &temperature, const T &a, const T &b, const T &fa, const T &fm,
         const T &fb, const T &whole, double tolerance, int depth) {
  const T m = 0.5 * (a + b);
  const T fl = planck(T(0.5 * (a + m)), temperature);
  const T fr = planck(T(0.5 * (m + b)), temperature);
  const T left = simpson(T(m - a), fa, fl, fm);
  const T right = simpson(T(b - m), fm, fr, fb);
  const T change = left + right - whole;
  if (depth == 0 || std::fabs(passive(change)) <= 15 * tolerance)
    return T(left + right + change / 15.0);
  return T(
      refine(temperature, a, m, fa, fl, fm, left, 0.5 * tolerance, depth - 1) +
      refine(temperature, m, b, fm, fr, fb, right, 0.5 * tolerance, depth - 1));
}

template <class T>
T band_radiance(const T &temperature, const T &low, const T &high,
                double tolerance) {
  const T fa = planck(low, temperature);
  const T fm = planck(T(0.5 * (low + high)), temperature);
  const T fb = planck(high, temperature);
  return refine(temperature, low, high, fa, fm, fb,
                simpson(T(high - low), fa, fm, fb), tolerance, 30);
}

// The gamma distribution.

template <class T> T gamma_scale(const T &shape, const T &x) {
  using std::exp, std::log;
  return T(exp(T(shape * log(x) - x - lgamma(shape))));
}

template <class T> T gamma_series(const T &shape, const T &x) {
  T term = 1.0 / shape;
  T sum = term;
  for (T n = shape + 1.0; passive(term) > 1e-16 * passive(sum); n += 1.0) {
    term *= x / n;
    sum += term;
  }
  return sum;
}

template <class T> T gamma_fraction(const T &shape, const T &x) {
  T b = x + 1.0 - shape;
  T c = 1e300;
  T d = 1.0 / b;
  T value = d;
  for (int i = 1; i < 500; ++i) {
    const double order = i;
    const T a = order * (shape - order);
    b += 2.0;
    d = 1.0 / (a * d + b);
    c = b + a / c;
    const T factor = c * d;
    value *= factor;
    if (std::fabs(passive(factor) - 1) < 1e-15)
      break;
  }
  return value;
}

template <class T> T gamma_cdf(const T &shape, const T &x) {
  if (passive(x) <= 0)
    return T(0.0);
  if (passive(x) < passive(shape) + 1)
    return T(gamma_scale(shape, x) * gamma_series(shape, x));
  return T(1.0 - gamma_scale(shape, x) * gamma_fraction(shape, x));
}

// A robust fit.

template <class T> T hampel(const T &residual) {
  const double a = 1.5, b = 3, c = 6;
  const T size = passive(residual) < 0 ? T(-residual) : residual;
  if (passive(size) <= a)
    return T(0.5 * residual * residual);
  if (passive(size) <= b)
    return T(a * size - 0.5 * a * a);
  if (passive(size) >= c)
    return T(0.5 * a * (b - a + c));
  const T slack = (c - size) / (c - b);
  return T(0.5 * a * (b - a + c - (c - b) * slack * slack));
}

template <class T>
T decay(const T &amplitude, const T &rate, const T &background, double t) {
  using std::exp;
  return T(amplitude * exp(T(-rate * t)) + background);
}

inline double measured(int i, double t) {
  const double scatter =
      0.05 * std::sin(12.9898 * i) + (i % 11 == 5 ? 0.8 : 0.0);
  return decay(2.0, 1.3, 0.4, t) + scatter;
}

template <class T>
T robust_fit(const T &amplitude, const T &rate, const T &background,
             const T &width, int n) {
  using std::log;
  T loss = 0.0;
  for (int i = 0; i < n; ++i) {
    const double t = 4.0 * i / n;
    loss += hampel(
        T((measured(i, t) - decay(amplitude, rate, background, t)) / width));
  }
  return T(loss / double(n) + log(width));
}

// Kinetics.

template <class T>
T arrhenius(double rate_at_300, double exponent, const T &energy,
            const T &temperature) {
  using std::exp, std::pow;
  const double gas_constant = 8.31446e-3;
  return T(rate_at_300 * pow(T(temperature / 300.0), exponent) *
           exp(T(energy / gas_constant * (1.0 / 300 - 1.0 / temperature))));
}

template <class T>
void reaction(const T &k1, const T &k2, const T &k3, const T &a, const T &b,
              T &a_rate, T &b_rate) {
  const T back = k3 * b * (1.0 - a - b);
  a_rate = back - k1 * a;
  b_rate = k1 * a - back - k2 * b * b;
}

template <class T>
void solve(const T &p, const T &q, const T &r, const T &s, T *x, T *y) {
  const T determinant = p * s - q * r;
  const T first = (s * *x - q * *y) / determinant;
  const T second = (p * *y - r * *x) / determinant;
  *y = second;
  *x = first;
}

template <class T>
void implicit_step(double h, const T &k1, const T &k2, const T &k3, T &a,
                   T &b) {
  T da = 0.0, db = 0.0;
  reaction(k1, k2, k3, a, b, da, db);
  da *= h;
  db *= h;
  const T by_a = -k3 * b;
  const T by_b = k3 * (1.0 - a - 2.0 * b);
  solve(T(1.0 - h * (by_a - k1)), T(-h * by_b), T(-h * (k1 - by_a)),
        T(1.0 + h * (by_b + 2.0 * k2 * b)), &da, &db);
  a += da;
  b += db;
}

template <class T>
T product_yield(const T &temperature, const T &energy1, const T &energy2,
                const T &energy3, double h, int steps) {
  const T k1 = arrhenius(0.04, 0, energy1, temperature);
  const T k2 = arrhenius(3e7, 0.5, energy2, temperature);
  const T k3 = arrhenius(1e4, 1.2, energy3, temperature);
  T a = 1.0, b = 0.0;
  for (int k = 0; k < steps; ++k) {
    implicit_step(h, k1, k2, k3, a, b);
    h *= 1.05;
  }
  return T(1.0 - a - b);
}

// A pipe.

template <class T> T density(const T &t) {
  return T(
      (999.83952 + t * (16.945176 + t * (-7.9870401e-3 - 46.170461e-6 * t))) /
      (1.0 + 16.879850e-3 * t));
}

template <class T> T viscosity(const T &temperature) {
  using std::exp;
  return T(2.414e-5 * exp(T(570.58 / (temperature + 133.15))));
}

template <class T> T friction(const T &reynolds, const T &roughness) {
  using std::log10;
  if (passive(reynolds) < 2300)
    return T(64.0 / reynolds);
  T root = 6.0;
  for (int k = 0; k < 50; ++k) {
    const T argument = roughness / 3.7 + 2.51 * root / reynolds;
    const double v = passive(argument);
    const T next =
        -2.0 * with_slope(argument, std::log10(v), 0.43429448190325182765 / v);
    const bool done = std::fabs(passive(next) - passive(root)) < 1e-12;
    root = next;
    if (done)
      break;
  }
  return T(1.0 / (root * root));
}

template <class T>
T pressure_drop(const T &flow, const T &diameter, const T &temperature,
                double length) {
  const T rho = density(temperature);
  const T speed = flow / (0.25 * M_PI * diameter * diameter);
  const T reynolds = rho * speed * diameter / viscosity(temperature);
  return T(friction(reynolds, T(5e-5 / diameter)) * length / diameter * 0.5 *
           rho * speed * speed);
}

// The two small ones of the tests.

template <class T> T logistic_map(const T &r, T x, int n) {
  for (int k = 0; k < n; ++k)
    x = r * x * (1.0 - x);
  return x;
}

template <class T> T cube_root(const T &a) {
  T x = 1.0;
  if (passive(a) > 1)
    x = a / 3.0;
  for (int k = 0; k < 100; ++k) {
    const T step = (x * x * x - a) / (3.0 * x * x);
    x -= step;
    if (std::fabs(passive(step)) < 1e-14)
      break;
  }
  return x;
}

} // namespace generic

#endif
