// A number with its derivative along one direction: the reference of `check`.
#ifndef BENCH_DUAL_H
#define BENCH_DUAL_H

#include <cmath>

namespace generic {

struct Dual {
  double value, dot;
  Dual(double value = 0, double dot = 0) : value(value), dot(dot) {}
};

inline double passive(const Dual &x) { return x.value; }

inline Dual operator-(Dual x) { return {-x.value, -x.dot}; }
inline Dual operator+(Dual x, Dual y) {
  return {x.value + y.value, x.dot + y.dot};
}
inline Dual operator-(Dual x, Dual y) {
  return {x.value - y.value, x.dot - y.dot};
}
inline Dual operator*(Dual x, Dual y) {
  return {x.value * y.value, x.dot * y.value + x.value * y.dot};
}
inline Dual operator/(Dual x, Dual y) {
  const double ratio = x.value / y.value;
  return {ratio, (x.dot - ratio * y.dot) / y.value};
}
inline Dual &operator+=(Dual &x, Dual y) { return x = x + y; }
inline Dual &operator-=(Dual &x, Dual y) { return x = x - y; }
inline Dual &operator*=(Dual &x, Dual y) { return x = x * y; }

inline Dual exp(Dual x) {
  const double y = std::exp(x.value);
  return {y, y * x.dot};
}
inline Dual log(Dual x) { return {std::log(x.value), x.dot / x.value}; }
inline Dual sin(Dual x) {
  return {std::sin(x.value), std::cos(x.value) * x.dot};
}
inline Dual cos(Dual x) {
  return {std::cos(x.value), -std::sin(x.value) * x.dot};
}
inline Dual tanh(Dual x) {
  const double y = std::tanh(x.value);
  return {y, (1 - y * y) * x.dot};
}
inline Dual sqrt(Dual x) {
  const double y = std::sqrt(x.value);
  return {y, 0.5 / y * x.dot};
}
inline Dual pow(Dual x, double n) {
  return {std::pow(x.value, n), n * std::pow(x.value, n - 1) * x.dot};
}

} // namespace generic

#endif
