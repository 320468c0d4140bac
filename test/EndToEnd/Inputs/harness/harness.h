// The value harness: what every derivative must satisfy at a point.
//
// A test's main program (written by check_values.py) describes a function and its
// derivatives as a `Spec` and calls `checkAt` for each point:
//
//   struct Spec {
//     static constexpr const char *name;            // "f"
//     using Args;                                   // std::tuple of the parameters
//     using Result;                                 // of the function
//     static constexpr std::array<int, N> wrt;      // positions of the parameters
//     static Result primal(Args);
//     static std::array<Number, N> gradient(Args, Result seed);
//     static std::array<Number, N> defaultGradient(Args);      // the seed left out
//     static std::array<Number, N> valuedGradient(Args, Result seed, Result &value);
//     static void tangent(Args, std::array<Number, N> v, Result &value, Number &dot);
//     static Number defaultTangent(Args);           // if N == 1: the tangent left out
//   };
//
// Derivatives are compared in long double. Difference quotients are Ridders' (C. J. F.
// Ridders, Advances in Engineering Software 4, 1982): central differences with halved
// steps, extrapolated to step zero, with an estimate of the error.
#ifndef ADGEN_TEST_HARNESS_H
#define ADGEN_TEST_HARNESS_H

#include <array>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <limits>
#include <tuple>
#include <type_traits>
#include <utility>

namespace harness {

using Number = long double;

/// What a test line says about one point beside its coordinates.
struct Options {
  /// First step of the differences, relative to |x| (to 1 at zero).
  Number step = 0;
  /// Relative rounding error that the function's own arithmetic may have.
  Number epsilon = 0;
  /// Differences are replaced by these values of the gradient.
  const Number *expected = nullptr;
  std::size_t expectedCount = 0;
  /// The function's value, to `epsilon`.
  const Number *expectedValue = nullptr;
  /// Points at which the function is not finite or differences do not converge are left out.
  bool smooth = false;
  /// There are no derivatives: what is checked is whether the points are good.
  bool pointsOnly = false;
  /// How many roundings the derivative may be away from `expected`.
  Number roundings = 64;
};

inline int &failures() {
  static int count = 0;
  return count;
}

/// Points that were left out.
inline int &skipped() {
  static int count = 0;
  return count;
}

/// Says what was checked; the program's status.
inline int summary(int points) {
  std::printf("%d points, %d failures", points, failures());
  if (skipped())
    std::printf(", %d left out", skipped());
  std::puts("");
  return failures() != 0 || skipped() > points / 2;
}

/// A point being checked; says where it fails.
class Point {
public:
  Point(const char *function, const char *text) : function(function), text(text) {}

  void fail(const char *what, int index, Number got, Number want, Number tolerance) {
    ++failures();
    if (++told > 20)
      return;
    std::printf("%s%s: %s", function, text, what);
    if (index >= 0)
      std::printf(" (parameter %d)", index);
    std::printf(": %.21Lg, expected %.21Lg, off by %.3Lg, allowed %.3Lg\n", got, want,
                std::fabs(got - want), tolerance);
  }

  void near(const char *what, int index, Number got, Number want, Number tolerance) {
    if (std::isnan(got) && std::isnan(want))
      return;
    if (got == want || std::fabs(got - want) <= tolerance)
      return;
    fail(what, index, got, want, tolerance);
  }

private:
  const char *function;
  const char *text;
  /// How often this point has failed.
  int told = 0;
};

/// The same number, or both NaN. A zero's sign counts.
template <class T> bool identical(T a, T b) {
  if constexpr (std::is_floating_point_v<T>)
    return (a == b && std::signbit(a) == std::signbit(b)) ||
           (std::isnan(a) && std::isnan(b));
  else
    return a == b;
}

struct Difference {
  Number value;
  Number error;
  /// How large the function is around the point.
  Number size;
};

/// d f / d x at `x` for a function of one number of type T.
template <class T, class F> Difference differentiate(F f, T x, Number step, Number epsilon) {
  constexpr int rows = 7;
  Number table[rows][rows];
  Difference best = {0, std::numeric_limits<Number>::infinity(), 0};
  Number h = step * (x == 0 ? Number(1) : std::fabs(Number(x)));
  for (int i = 0; i < rows; ++i, h /= 2) {
    const T above = static_cast<T>(x + static_cast<T>(h));
    const T below = static_cast<T>(x - static_cast<T>(h));
    const Number width = Number(above) - Number(below);
    const Number high = f(above);
    const Number low = f(below);
    if (i == 0)
      best.size = std::fmax(std::fabs(high), std::fabs(low));
    const Number noise = epsilon * (std::fabs(high) + std::fabs(low)) / width;
    table[i][0] = (high - low) / width;
    Number factor = 4;
    for (int k = 1; k <= i; ++k, factor *= 4) {
      table[i][k] = (factor * table[i][k - 1] - table[i - 1][k - 1]) / (factor - 1);
      const Number error = std::fmax(std::fabs(table[i][k] - table[i][k - 1]),
                                     std::fabs(table[i][k] - table[i - 1][k - 1])) +
                           noise;
      if (error < best.error)
        best = {table[i][k], error, best.size};
    }
  }
  return best;
}

template <class Spec> class Checker {
  static constexpr std::size_t N = Spec::wrt.size();
  using Args = typename Spec::Args;
  using Result = typename Spec::Result;
  using Gradient = std::array<Number, N>;

public:
  Checker(const char *text, Args args, const Options &options)
      : point(Spec::name, text), args(args), options(options) {}

  void run() {
    value = Spec::primal(args);
    if (options.smooth && !isSmooth(std::make_index_sequence<N>())) {
      ++skipped();
      return;
    }
    gradient = Spec::gradient(args, Result(1));
    setUnits(std::make_index_sequence<N>());
    checkValue();
    if (options.expected)
      checkAgainstExpected();
    else
      checkAgainstDifferences(std::make_index_sequence<N>());
    checkSeeds();
    checkTangents();
    checkRepetition();
  }

private:
  Point point;
  Args args;
  Options options;
  Result value;
  Gradient gradient;
  /// What a rounding error of each adjoint is relative to: its size, or, where terms may
  /// have cancelled in it, |f| / |x|, if another adjoint is as large.
  Gradient units;

  Number rounding(std::size_t i) const { return options.roundings * options.epsilon * units[i]; }

  template <std::size_t... I> void setUnits(std::index_sequence<I...>) {
    Number largest = 0;
    for (Number g : gradient)
      if (std::isfinite(g))
        largest = std::fmax(largest, std::fabs(g));
    const Gradient at = {Number(std::get<Spec::wrt[I]>(args))...};
    for (std::size_t i = 0; i < N; ++i)
      units[i] = !std::isfinite(gradient[i])
                     ? 0
                     : std::fmax(std::fabs(gradient[i]),
                                 std::fmin(largest, std::fabs(Number(value) / at[i])));
    // Programs that nobody read may cancel to nothing.
    if (options.smooth)
      for (Number &unit : units)
        unit = std::fmax(unit, Number(1e-6));
  }

  void checkValue() {
    if (options.expectedValue)
      point.near("value", -1, Number(value), *options.expectedValue,
                 4 * options.epsilon * std::fabs(*options.expectedValue));
    Result carried;
    const Gradient valued = Spec::valuedGradient(args, Result(1), carried);
    point.near("value beside the gradient", -1, Number(carried), Number(value),
               4 * options.epsilon * std::fabs(Number(value)));
    for (std::size_t i = 0; i < N; ++i)
      point.near("gradient beside the value", Spec::wrt[i], valued[i], gradient[i], rounding(i));
  }

  void checkAgainstExpected() {
    for (std::size_t i = 0; i < N; ++i) {
      const Number want = options.expected[i];
      point.near("reverse against the expected value", Spec::wrt[i], gradient[i], want,
                 options.roundings * options.epsilon * std::fabs(want));
    }
  }

  template <std::size_t... I> void checkAgainstDifferences(std::index_sequence<I...>) {
    (checkDifference<I>(), ...);
  }

  template <std::size_t I> Difference difference() const {
    constexpr std::size_t position = Spec::wrt[I];
    using T = std::tuple_element_t<position, Args>;
    return differentiate<T>(
        [this](T x) {
          Args moved = args;
          std::get<position>(moved) = x;
          return Number(Spec::primal(moved));
        },
        std::get<position>(args), options.step, options.epsilon);
  }

  /// The largest error that a difference may have: what it cannot resolve, it cannot check.
  template <std::size_t I> Number resolution(const Difference &difference) const {
    const Number at = Number(std::get<Spec::wrt[I]>(args));
    return std::sqrt(options.epsilon) *
           std::fmax(std::fabs(difference.value),
                     difference.size / (at == 0 ? 1 : std::fabs(at)));
  }

  template <std::size_t... I> bool isSmooth(std::index_sequence<I...>) const {
    return std::isfinite(Number(value)) && (... && converges<I>());
  }

  template <std::size_t I> bool converges() const {
    const Difference found = difference<I>();
    return 16 * found.error <= resolution<I>(found);
  }

  template <std::size_t I> void checkDifference() {
    constexpr std::size_t position = Spec::wrt[I];
    const Difference difference = this->template difference<I>();
    const Number resolution = this->template resolution<I>(difference);
    const Number tolerance = 8 * difference.error + rounding(I);
    if (!(tolerance <= resolution))
      point.fail("differences do not converge here; choose another point or step", position,
                 gradient[I], difference.value, resolution);
    else if (!std::isfinite(gradient[I]))
      point.fail("reverse is not finite", position, gradient[I], difference.value, tolerance);
    else
      point.near("reverse against differences", position, gradient[I], difference.value,
                 tolerance);
  }

  void checkSeeds() {
    const Number seed = Result(-1.7L);
    const Gradient scaled = Spec::gradient(args, Result(-1.7L));
    const Gradient none = Spec::gradient(args, Result(0));
    for (std::size_t i = 0; i < N; ++i) {
      point.near("seed -1.7", Spec::wrt[i], scaled[i], seed * gradient[i], 2 * rounding(i));
      if (std::isfinite(Number(value)) && none[i] != 0)
        point.fail("seed 0", Spec::wrt[i], none[i], 0, 0);
    }
  }

  /// The tangent along `v` against the gradient, <J v, w> = <v, J^T w>.
  void checkTangent(const Gradient &v, const char *what, int index) {
    Result tangentValue;
    Number dot;
    Spec::tangent(args, v, tangentValue, dot);
    if (!identical(tangentValue, value))
      point.fail("value beside the tangent", -1, Number(tangentValue), Number(value), 0);
    Number sum = 0, size = 0;
    for (std::size_t i = 0; i < N; ++i)
      if (v[i] != 0) {
        sum += gradient[i] * v[i];
        size += units[i] * std::fabs(v[i]);
      }
    point.near(what, index, dot, sum, options.roundings * options.epsilon * size);
  }

  void checkTangents() {
    Gradient v = {};
    if (std::isfinite(Number(value)))
      checkTangent(v, "forward along zero", -1);
    for (std::size_t i = 0; i < N; ++i) {
      v = {};
      v[i] = 1;
      checkTangent(v, "forward against reverse", Spec::wrt[i]);
    }
    // Dyadic numbers of no pattern: exact in every precision.
    for (std::size_t i = 0; i < N; ++i)
      v[i] = Number(int(37 + 53 * i) % 64 - 31) / 32;
    checkTangent(v, "forward along a mixed direction", -1);
    if constexpr (N == 1) {
      Result tangentValue;
      Number dot;
      Spec::tangent(args, {1}, tangentValue, dot);
      if (const Number left = Spec::defaultTangent(args); !identical(left, dot))
        point.fail("the tangent's default", Spec::wrt[0], left, dot, 0);
    }
  }

  void checkRepetition() {
    const Gradient again = Spec::defaultGradient(args);
    for (std::size_t i = 0; i < N; ++i)
      if (!identical(again[i], gradient[i]))
        point.fail("second call, without a seed", Spec::wrt[i], again[i], gradient[i], 0);
  }
};

template <class Spec>
void checkAt(const char *text, typename Spec::Args args, const Options &options) {
  Checker<Spec>(text, args, options).run();
}

/// What `decltype(&f)` says of f.
template <class F> struct Signature;
template <class R, class... P> struct Signature<R (*)(P...)> {
  using Result = R;
  using Args = std::tuple<std::remove_cv_t<P>...>;
};
template <class R, class... P> struct Signature<R (*)(P...) noexcept> : Signature<R (*)(P...)> {};

/// The largest unit roundoff among the result and the parameters to differentiate by.
template <class Spec, std::size_t... I> constexpr Number epsilonOf(std::index_sequence<I...>) {
  Number largest = std::numeric_limits<typename Spec::Result>::epsilon();
  (..., (largest = largest > std::numeric_limits<
                                 std::tuple_element_t<Spec::wrt[I], typename Spec::Args>>::epsilon()
                       ? largest
                       : Number(std::numeric_limits<std::tuple_element_t<
                                    Spec::wrt[I], typename Spec::Args>>::epsilon())));
  return largest;
}

/// Steps and tolerances for a function whose results are right to `epsilon`.
inline void setPrecision(Options &options, Number epsilon) {
  options.epsilon = epsilon;
  options.step = epsilon > Number(1e-10) ? Number(0x1p-4) : Number(0x1p-7);
}

/// Those of the least precise type among the result and the parameters.
template <class Spec> Options defaults() {
  Options options;
  setPrecision(options, epsilonOf<Spec>(std::make_index_sequence<Spec::wrt.size()>()));
  return options;
}

} // namespace harness

#endif // ADGEN_TEST_HARNESS_H
