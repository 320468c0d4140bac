// Dual numbers: the forward-mode oracle of the random programs.
//
// `Dual<T>` behaves as the floating-point type T does: the same conversions, the same promotions in
// mixed expressions, comparisons of values, casts to integers. Beside the value, which is computed in
// T, it carries a tangent in long double, and a bound of what rounding may do to this tangent when a
// derivative is computed in the types of the program, forward or backward:
//
//   d  the tangent along the direction that the inputs were given;
//   m  the sum of the absolute values of the tangent's terms over all paths from the inputs;
//   e  a first-order bound of the rounding errors in d: what each operation adds is a few units in
//      the last place of its type, times m.
//
// So a difference beyond a small multiple of e is no rounding, however ill-conditioned the program is.
// Operators take their operands by value: they are read from left to right, as Clang reads numbers.
#ifndef ADGEN_FUZZ_DUAL_H
#define ADGEN_FUZZ_DUAL_H

#include <cmath>
#include <cstddef>
#include <limits>
#include <type_traits>

namespace fuzz {

template <class T> struct Dual;

template <class T> struct ValueOf { using type = T; };
template <class T> struct ValueOf<Dual<T>> { using type = T; };
template <class T> constexpr bool isDual = !std::is_same_v<typename ValueOf<T>::type, T>;
template <class A, class B>
constexpr bool areDual = (isDual<A> || isDual<B>) &&
                         std::is_arithmetic_v<typename ValueOf<A>::type> &&
                         std::is_arithmetic_v<typename ValueOf<B>::type>;
/// What the usual arithmetic conversions make of two operands.
template <class A, class B>
using Common = decltype(typename ValueOf<A>::type() + typename ValueOf<B>::type());
/// What the functions of <cmath> of two arguments return.
template <class A, class B>
using Promoted = decltype(std::atan2(typename ValueOf<A>::type(), typename ValueOf<B>::type()));
template <class T> constexpr double unit = std::numeric_limits<T>::epsilon();

template <class T> struct Dual {
  T v;
  long double d;
  double m, e;

  Dual() = default;
  Dual(const Dual &) = default;
  /// By value, so that `f(a) = c ? a[0] : b` reads a[0] before f changes it, as with numbers.
  Dual &operator=(Dual x) {
    v = x.v, d = x.d, m = x.m, e = x.e;
    return *this;
  }
  template <class U, class = std::enable_if_t<std::is_arithmetic_v<U>>>
  Dual(U x) : v(static_cast<T>(x)), d(0), m(0), e(0) {}
  template <class U, class = void>
  Dual(const Dual<U> &x)
      : v(static_cast<T>(x.v)), d(x.d), m(x.m),
        e(x.e + x.m * (unit<T> > unit<U> ? unit<T> : unit<U>)) {}
  Dual(T v, long double d, double m, double e) : v(v), d(d), m(m), e(e) {}

  template <class U, class = std::enable_if_t<std::is_arithmetic_v<U>>>
  explicit operator U() const {
    return static_cast<U>(v);
  }

  template <class U> Dual &operator+=(U x) { return *this = Dual(*this + x); }
  template <class U> Dual &operator-=(U x) { return *this = Dual(*this - x); }
  template <class U> Dual &operator*=(U x) { return *this = Dual(*this * x); }
  template <class U> Dual &operator/=(U x) { return *this = Dual(*this / x); }
  Dual &operator++() { return *this += 1; }
  Dual &operator--() { return *this -= 1; }
  Dual operator++(int) {
    Dual old = *this;
    ++*this;
    return old;
  }
  Dual operator--(int) {
    Dual old = *this;
    --*this;
    return old;
  }
  Dual operator-() const { return Dual(-v, -d, m, e); }
  Dual operator+() const { return *this; }
};

/// What carries no derivative: neither what it held first nor what is assigned to it.
template <class T> struct Inert : Dual<T> {
  Inert() = default;
  Inert(const Inert &) = default;
  template <class U> Inert(U x) : Dual<T>(Dual<T>(x).v) {}
  Inert &operator=(Inert x) {
    Dual<T>::operator=(Dual<T>(x.v));
    return *this;
  }
  template <class U> Inert &operator+=(U x) { return *this = Inert(*this + x); }
  template <class U> Inert &operator-=(U x) { return *this = Inert(*this - x); }
  template <class U> Inert &operator*=(U x) { return *this = Inert(*this * x); }
  template <class U> Inert &operator/=(U x) { return *this = Inert(*this / x); }
};
template <class T> struct ValueOf<Inert<T>> { using type = T; };

/// Whether an infinite value was an operand. What the program does not use of it has the adjoint
/// zero, which no partial derivative makes of it again: zero times infinity is no number.
inline bool hasOverflown = false;

/// The value of a function of x, its partial derivative there, and how large the partial's terms are.
template <class T> Dual<T> chain(T value, Dual<T> x, long double p, long double size) {
  const double s = std::fabs(static_cast<double>(size));
  hasOverflown |= std::isinf(x.v);
  if (x.m == 0)
    return Dual<T>(value);
  return Dual<T>(value, p * x.d, s * x.m, s * (x.e + 4 * unit<T> * x.m));
}
template <class T> Dual<T> chain(T value, Dual<T> x, long double p) { return chain(value, x, p, p); }
template <class T>
Dual<T> chain(T value, Dual<T> x, long double p, Dual<T> y, long double q) {
  const Dual<T> a = chain(value, x, p), b = chain(value, y, q);
  return Dual<T>(value, a.d + b.d, a.m + b.m, a.e + b.e + unit<T> * (a.m + b.m));
}

#define ADGEN_FUZZ_BINARY(OP, VALUE, P, Q)                                                        \
  template <class A, class B, class = std::enable_if_t<areDual<A, B>>>                            \
  Dual<Common<A, B>> operator OP(A left, B right) {                                               \
    using T = Common<A, B>;                                                                       \
    const Dual<T> a(left), b(right);                                                              \
    const T y = VALUE;                                                                            \
    return chain<T>(y, a, P, b, Q);                                                               \
  }
ADGEN_FUZZ_BINARY(+, a.v + b.v, 1, 1)
ADGEN_FUZZ_BINARY(-, a.v - b.v, 1, -1)
ADGEN_FUZZ_BINARY(*, a.v *b.v, b.v, a.v)
ADGEN_FUZZ_BINARY(/, a.v / b.v, 1.0L / b.v, -static_cast<long double>(y) / b.v)
#undef ADGEN_FUZZ_BINARY

#define ADGEN_FUZZ_COMPARISON(OP)                                                                 \
  template <class A, class B, class = std::enable_if_t<areDual<A, B>>>                            \
  bool operator OP(A left, B right) {                                                             \
    using T = Common<A, B>;                                                                       \
    return Dual<T>(left).v OP Dual<T>(right).v;                                                   \
  }
ADGEN_FUZZ_COMPARISON(<)
ADGEN_FUZZ_COMPARISON(<=)
ADGEN_FUZZ_COMPARISON(>)
ADGEN_FUZZ_COMPARISON(>=)
ADGEN_FUZZ_COMPARISON(==)
ADGEN_FUZZ_COMPARISON(!=)
#undef ADGEN_FUZZ_COMPARISON

template <class T> long double wide(Dual<T> x) { return x.v; }

/// The derivative of lgamma, for x > 0.
inline long double digamma(long double x) {
  long double sum = 0;
  for (; x < 12; ++x)
    sum -= 1 / x;
  const long double s = 1 / (x * x);
  return sum + std::log(x) - 0.5L / x -
         s * (1 / 12.0L - s * (1 / 120.0L - s * (1 / 252.0L - s * (1 / 240.0L - s * (1 / 132.0L - s * (691 / 32760.0L - s / 12))))));
}

} // namespace fuzz

// The programs call the functions by their names in the standard library.
namespace std {

#define ADGEN_FUZZ_UNARY(NAME, P, SIZE)                                                           \
  template <class T> fuzz::Dual<T> NAME(fuzz::Dual<T> a) {                                        \
    const T value = std::NAME(a.v);                                                               \
    [[maybe_unused]] const long double x = a.v, y = value;                                        \
    return fuzz::chain(value, a, P, SIZE);                                                        \
  }
ADGEN_FUZZ_UNARY(sin, std::cos(x), std::cos(x))
ADGEN_FUZZ_UNARY(cos, -std::sin(x), std::sin(x))
ADGEN_FUZZ_UNARY(tan, 1 + y * y, 1 + y * y)
ADGEN_FUZZ_UNARY(atan, 1 / (1 + x * x), 1 / (1 + x * x))
ADGEN_FUZZ_UNARY(tanh, 1 - y * y, 1 + y * y)
ADGEN_FUZZ_UNARY(sinh, std::cosh(x), std::cosh(x))
ADGEN_FUZZ_UNARY(cosh, std::sinh(x), std::sinh(x))
ADGEN_FUZZ_UNARY(asinh, 1 / std::sqrt(1 + x * x), 1)
ADGEN_FUZZ_UNARY(exp, y, y)
ADGEN_FUZZ_UNARY(log, 1 / x, 1 / x)
ADGEN_FUZZ_UNARY(log1p, 1 / (1 + x), 1 / (1 + x))
ADGEN_FUZZ_UNARY(expm1, std::exp(x), std::fabs(y) + 1)
ADGEN_FUZZ_UNARY(sqrt, 0.5L / y, 0.5L / y)
ADGEN_FUZZ_UNARY(fabs, std::copysign(1.0L, x), 1)
ADGEN_FUZZ_UNARY(abs, std::copysign(1.0L, x), 1)
ADGEN_FUZZ_UNARY(erf, 2 / std::sqrt(std::acos(-1.0L)) * std::exp(-x * x), 2)
ADGEN_FUZZ_UNARY(erfc, -2 / std::sqrt(std::acos(-1.0L)) * std::exp(-x * x), 2)
ADGEN_FUZZ_UNARY(cbrt, 1 / (3 * y * y), 1 / (3 * y * y))
ADGEN_FUZZ_UNARY(asin, 1 / std::sqrt(1 - x * x), 2 / std::sqrt(1 - x * x))
ADGEN_FUZZ_UNARY(acos, -1 / std::sqrt(1 - x * x), 2 / std::sqrt(1 - x * x))
ADGEN_FUZZ_UNARY(acosh, 1 / std::sqrt(x * x - 1), 4 / std::sqrt(x * x - 1))
ADGEN_FUZZ_UNARY(atanh, 1 / (1 - x * x), 2 / (1 - x * x))
ADGEN_FUZZ_UNARY(exp2, y * std::log(2.0L), y)
ADGEN_FUZZ_UNARY(log2, 1 / (x * std::log(2.0L)), 2 / x)
ADGEN_FUZZ_UNARY(log10, 1 / (x * std::log(10.0L)), 1 / x)
ADGEN_FUZZ_UNARY(floor, 0, 0)
ADGEN_FUZZ_UNARY(ceil, 0, 0)
ADGEN_FUZZ_UNARY(round, 0, 0)
ADGEN_FUZZ_UNARY(trunc, 0, 0)
ADGEN_FUZZ_UNARY(rint, 0, 0)
ADGEN_FUZZ_UNARY(nearbyint, 0, 0)
ADGEN_FUZZ_UNARY(logb, 0, 0)
ADGEN_FUZZ_UNARY(lgamma, fuzz::digamma(x), std::fabs(fuzz::digamma(x)) + 1)
ADGEN_FUZZ_UNARY(tgamma, y * fuzz::digamma(x), std::fabs(y * fuzz::digamma(x)) + std::fabs(y))
#undef ADGEN_FUZZ_UNARY

template <class T> fuzz::Dual<T> ldexp(fuzz::Dual<T> a, int n) {
  return fuzz::chain<T>(std::ldexp(a.v, n), a, std::ldexp(1.0L, n));
}
template <class T> fuzz::Dual<T> scalbn(fuzz::Dual<T> a, int n) { return ldexp(a, n); }
template <class T> fuzz::Dual<T> modf(fuzz::Dual<T> a, fuzz::Dual<T> *whole) {
  T part;
  const T rest = std::modf(a.v, &part);
  *whole = fuzz::Dual<T>(part);
  return fuzz::chain<T>(rest, a, 1);
}
template <class T> fuzz::Dual<T> frexp(fuzz::Dual<T> a, int *exponent) {
  const T part = std::frexp(a.v, exponent);
  return fuzz::chain<T>(part, a, std::ldexp(1.0L, -*exponent));
}
template <class T> int ilogb(fuzz::Dual<T> x) { return std::ilogb(x.v); }
template <class T> long lround(fuzz::Dual<T> x) { return std::lround(x.v); }
template <class T> bool isfinite(fuzz::Dual<T> x) { return std::isfinite(x.v); }
template <class T> bool isnan(fuzz::Dual<T> x) { return std::isnan(x.v); }
template <class T> bool signbit(fuzz::Dual<T> x) { return std::signbit(x.v); }

#define ADGEN_FUZZ_TWO(NAME, VALUE, P, Q)                                                         \
  template <class A, class B, class = enable_if_t<fuzz::areDual<A, B>>>                           \
  fuzz::Dual<fuzz::Promoted<A, B>> NAME(A left, B right) {                                        \
    using T = fuzz::Promoted<A, B>;                                                               \
    const fuzz::Dual<T> a(left), b(right);                                                        \
    const T value = VALUE;                                                                        \
    [[maybe_unused]] const long double x = a.v, z = b.v, y = value;                               \
    return fuzz::chain<T>(value, a, P, b, Q);                                                     \
  }
ADGEN_FUZZ_TWO(hypot, std::hypot(a.v, b.v), y == 0 ? 0 : x / y, y == 0 ? 0 : z / y)
ADGEN_FUZZ_TWO(atan2, std::atan2(a.v, b.v), x == 0 && z == 0 ? 0 : z / (x * x + z * z),
               x == 0 && z == 0 ? 0 : -x / (x * x + z * z))
ADGEN_FUZZ_TWO(pow, std::pow(a.v, b.v), z == 0 ? 0 : z * std::pow(x, z - 1),
               x == 0 && z > 0 ? 0 : y * std::log(x))
ADGEN_FUZZ_TWO(fmax, std::fmax(a.v, b.v), x >= z || z != z, !(x >= z || z != z))
ADGEN_FUZZ_TWO(fmin, std::fmin(a.v, b.v), x <= z || z != z, !(x <= z || z != z))
ADGEN_FUZZ_TWO(fdim, std::fdim(a.v, b.v), x > z, -1.0L * (x > z))
ADGEN_FUZZ_TWO(fmod, std::fmod(a.v, b.v), 1, -std::round((x - y) / z))
ADGEN_FUZZ_TWO(copysign, std::copysign(a.v, b.v),
               std::copysign(1.0L, x) * std::copysign(1.0L, z), 0)
ADGEN_FUZZ_TWO(remainder, std::remainder(a.v, b.v), 1, -std::round((x - y) / z))
#undef ADGEN_FUZZ_TWO

template <class A, class B, class C,
          class = enable_if_t<fuzz::areDual<A, B> || fuzz::areDual<B, C> || fuzz::areDual<A, C>>>
auto fma(A first, B second, C third) {
  using T = fuzz::Promoted<fuzz::Promoted<A, B>, C>;
  const fuzz::Dual<T> a(first), b(second), c(third);
  const fuzz::Dual<T> product = fuzz::chain<T>(0, a, b.v, b, a.v);
  return fuzz::chain<T>(std::fma(a.v, b.v, c.v), product, 1, c, 1);
}
template <class A, class B, class C,
          class = enable_if_t<fuzz::areDual<A, B> || fuzz::areDual<B, C> || fuzz::areDual<A, C>>>
auto hypot(A first, B second, C third) {
  using T = fuzz::Promoted<fuzz::Promoted<A, B>, C>;
  const fuzz::Dual<T> a(first), b(second), c(third);
  const T y = std::hypot(a.v, b.v, c.v);
  const long double s = y;
  const fuzz::Dual<T> two = fuzz::chain<T>(0, a, a.v / s, b, b.v / s);
  return fuzz::chain<T>(y, two, 1, c, c.v / s);
}

} // namespace std

#endif // ADGEN_FUZZ_DUAL_H
