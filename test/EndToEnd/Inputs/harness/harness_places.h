// The value harness for functions with parameters by reference or pointer.
//
// Such a function is a map from its inputs (the parameters by value in `wrt` and the initial contents
// of the places that have a shadow) to its outputs (what it returns and the final contents of these
// places; of a place that is only read, the content itself). With J the matrix of its derivatives:
//
//   - f_grad turns the adjoints w of the outputs into J^T w. For what is only read, whose row of J has
//     a one, this says that `x_bar` is added to; for what is only overwritten, that `y_bar` ends as zero;
//   - f_jvp turns the tangents v of the inputs into J v;
//   - both leave in every place what f leaves there, bit for bit.
//
// A test's main program (main_places.py) describes a function as a `Spec`:
//
//   struct Spec {
//     static constexpr const char *name;              // "f"
//     using Function, GradFunction, JvpFunction;      // types of pointers to f, f_grad, f_jvp
//     static constexpr std::array<int, N> wrt;        // positions of the parameters
//     static R primal(A &&...);                       // f, f_grad, f_grad with the value, f_jvp
//     static G grad(A &&...);  static G valued(A &&...);  static D jvp(A &&...);
//     static std::tuple<…> members(G);                // the adjoints of the parameters by value
//   };
#ifndef ADGEN_TEST_HARNESS_PLACES_H
#define ADGEN_TEST_HARNESS_PLACES_H

#include "harness.h"

#include <algorithm>
#include <vector>

namespace harness {

/// What a parameter of type P is to a derivative.
template <class P> struct Parameter {
  using Object = std::conditional_t<std::is_pointer_v<P>, std::remove_pointer_t<P>,
                                    std::remove_reference_t<P>>;
  static constexpr bool isPlace =
      (std::is_lvalue_reference_v<P> || std::is_pointer_v<P>)&&!std::is_function_v<Object>;
  /// What the harness stores for it: the content of a place, a value.
  using Stored = std::conditional_t<isPlace, std::remove_cv_t<Object>, std::remove_cv_t<P>>;
  static constexpr bool isReal = std::is_floating_point_v<Stored>;
  static constexpr bool isWritable = isPlace && !std::is_const_v<Object>;
  using Adjoint = std::conditional_t<std::is_pointer_v<P>, Stored *, Stored &>;
  using Tangent = std::remove_cv_t<P>;
};

template <class F> struct Types;
template <class R, class... P> struct Types<R (*)(P...)> {
  using Result = R;
  using Parameters = std::tuple<P...>;
  using Contents = std::tuple<typename Parameter<P>::Stored...>;
  using Pointers = std::tuple<typename Parameter<P>::Stored *...>;
};
template <class R, class... P> struct Types<R (*)(P...) noexcept> : Types<R (*)(P...)> {};

template <class Spec> class PlacesChecker {
  using Signature = Types<typename Spec::Function>;
  using Result = typename Signature::Result;
  using Parameters = typename Signature::Parameters;
  static constexpr std::size_t size = std::tuple_size_v<Parameters>;
  static constexpr auto all = std::make_index_sequence<size>();
  template <std::size_t I> using P = std::tuple_element_t<I, Parameters>;
  template <std::size_t I> using Stored = typename Parameter<P<I>>::Stored;
  template <std::size_t I> using At = std::integral_constant<std::size_t, I>;
  static constexpr bool returnsReal = std::is_floating_point_v<Result>;
  struct Nothing {
    bool operator==(Nothing) const { return true; }
  };
  using Returned = std::conditional_t<std::is_void_v<Result>, Nothing, Result>;
  using Vector = std::vector<Number>;

public:
  using Contents = typename Signature::Contents;
  using Pointers = typename Signature::Pointers;
  /// Lets pointers point elsewhere: to another parameter's variable, or nowhere.
  using Wiring = void (*)(Pointers &);

  PlacesChecker(const char *text, Contents args, Wiring wire, const Options &options)
      : point(Spec::name, text), args(args), wire(wire), options(options) {
    checkSignatures();
    setPrecision();
    findCoordinates(all);
  }

  void run() {
    before = primal(args);
    if (options.smooth && !isSmooth()) {
      ++skipped();
      return;
    }
    for (std::size_t j = 0; j < rows(); ++j)
      jacobian.push_back(reverse(unit(rows(), j)));
    setUnits();
    checkExpectedValue();
    if (options.expected)
      checkAgainstExpected();
    else
      checkAgainstDifferences();
    checkWeights();
    checkValued();
    checkTangents();
    checkRepetition();
  }

private:
  Point point;
  Contents args;
  Wiring wire;
  Options options;
  /// Parameters that are inputs; those whose final content is an output.
  std::vector<std::size_t> inputs, places;

  /// The variables of one call. Shadows are wired as their primals are.
  struct Memory {
    Contents contents;
    Pointers at;
    Memory(const Contents &contents, Wiring wire) : contents(contents) {
      std::apply(
          [&](auto &...c) { at = Pointers(&c...); }, this->contents);
      wire(at);
    }
    Memory(const Memory &) = delete;
  };

  /// What a call leaves.
  struct Outcome {
    Returned returned;
    Contents contents;
  };
  Outcome before;
  /// J by rows, from the adjoints of the unit weights; and what a rounding error of each entry is
  /// relative to: its size, or, where terms may have cancelled in it, |f| / |x|.
  std::vector<Vector> jacobian, units;

  // Which parameters have shadows.

  static constexpr bool isRequested(std::size_t i) {
    for (int p : Spec::wrt)
      if (std::size_t(p) == i)
        return true;
    return false;
  }
  template <std::size_t I> static constexpr bool hasAdjoint() {
    using Q = Parameter<P<I>>;
    return Q::isPlace && Q::isReal && (isRequested(I) || Q::isWritable);
  }
  template <std::size_t I> static constexpr bool isValueInput() {
    return !Parameter<P<I>>::isPlace && isRequested(I);
  }

  template <std::size_t... I> void findCoordinates(std::index_sequence<I...>) {
    Memory memory(args, wire);
    auto add = [&](auto i) {
      const bool owned = std::get<i>(memory.at) == &std::get<i>(memory.contents);
      if (isValueInput<i>() || (hasAdjoint<i>() && owned))
        inputs.push_back(i);
      if (hasAdjoint<i>() && owned)
        places.push_back(i);
    };
    (add(At<I>()), ...);
  }

  std::size_t rows() const { return places.size() + returnsReal; }
  std::size_t columns() const { return inputs.size(); }

  /// Calls `use` with the position i as a constant.
  template <class Use, std::size_t... I>
  static void at(std::size_t i, Use use, std::index_sequence<I...>) {
    ((I == i ? use(At<I>()) : void()), ...);
  }
  static Number read(const Contents &contents, std::size_t i) {
    Number number = 0;
    at(
        i,
        [&](auto k) {
          if constexpr (Parameter<P<k>>::isReal)
            number = Number(std::get<k>(contents));
        },
        all);
    return number;
  }
  static void write(Contents &contents, std::size_t i, Number number) {
    at(
        i,
        [&](auto k) {
          if constexpr (Parameter<P<k>>::isReal)
            std::get<k>(contents) = Stored<k>(number);
        },
        all);
  }

  // Arguments, and what the signatures must be.

  template <std::size_t I> static std::tuple<P<I>> argument(Memory &memory) {
    using Q = Parameter<P<I>>;
    if constexpr (Q::isPlace && std::is_pointer_v<P<I>>)
      return std::tuple<P<I>>(std::get<I>(memory.at));
    else
      return std::tuple<P<I>>(*std::get<I>(memory.at));
  }
  template <std::size_t I> static auto adjoint(Memory &bars) {
    if constexpr (!hasAdjoint<I>())
      return std::tuple<>();
    else if constexpr (std::is_pointer_v<P<I>>)
      return std::tuple<typename Parameter<P<I>>::Adjoint>(std::get<I>(bars.at));
    else
      return std::tuple<typename Parameter<P<I>>::Adjoint>(*std::get<I>(bars.at));
  }
  template <std::size_t I> static auto tangent(Memory &dots) {
    if constexpr (hasAdjoint<I>() || isValueInput<I>())
      return argument<I>(dots);
    else
      return std::tuple<>();
  }
  template <std::size_t... I>
  static auto primalArguments(Memory &memory, std::index_sequence<I...>) {
    return std::tuple_cat(argument<I>(memory)...);
  }
  template <std::size_t... I> static auto adjoints(Memory &bars, std::index_sequence<I...>) {
    return std::tuple_cat(adjoint<I>(bars)...);
  }
  template <std::size_t... I> static auto tangents(Memory &dots, std::index_sequence<I...>) {
    return std::tuple_cat(tangent<I>(dots)...);
  }
  static auto seedOf(Number w) {
    if constexpr (returnsReal)
      return std::tuple<Result>(Result(w));
    else
      return (void)w, std::tuple<>();
  }
  static auto gradArguments(Memory &memory, Memory &bars, Number w) {
    return std::tuple_cat(primalArguments(memory, all), adjoints(bars, all), seedOf(w));
  }
  static auto jvpArguments(Memory &memory, Memory &dots) {
    return std::tuple_cat(primalArguments(memory, all), tangents(dots, all));
  }
  template <std::size_t... I> static auto valueAdjoints(std::index_sequence<I...>) {
    return std::tuple_cat(
        std::conditional_t<isValueInput<I>(), std::tuple<Stored<I>>, std::tuple<>>()...);
  }
  using ValueAdjoints = decltype(valueAdjoints(all));

  static void checkSignatures() {
    using Grad = decltype(gradArguments(std::declval<Memory &>(), std::declval<Memory &>(), 0));
    using Jvp = decltype(jvpArguments(std::declval<Memory &>(), std::declval<Memory &>()));
    static_assert(std::is_same_v<typename Types<typename Spec::GradFunction>::Parameters, Grad>,
                  "f_grad has the parameters of f, the adjoints, the seed");
    static_assert(std::is_same_v<typename Types<typename Spec::JvpFunction>::Parameters, Jvp>,
                  "f_jvp has the parameters of f, the tangents");
    using G = typename Types<typename Spec::GradFunction>::Result;
    using D = typename Types<typename Spec::JvpFunction>::Result;
    if constexpr (std::tuple_size_v<ValueAdjoints> == 0)
      static_assert(std::is_void_v<G>, "without an adjoint of a value, f_grad returns nothing");
    else
      static_assert(std::is_same_v<decltype(Spec::members(std::declval<G>())), ValueAdjoints>,
                    "an adjoint has its parameter's type");
    if constexpr (returnsReal)
      static_assert(std::is_same_v<decltype(D::value), Result> &&
                        std::is_same_v<decltype(D::dot), Result>,
                    "f_jvp returns the value and its tangent");
    else
      static_assert(std::is_same_v<D, Result>, "f_jvp returns what f returns");
  }

  template <std::size_t... I> static Number largestEpsilon(std::index_sequence<I...>) {
    Number largest = 0;
    auto consider = [&](Number epsilon) { largest = std::fmax(largest, epsilon); };
    if constexpr (returnsReal)
      consider(std::numeric_limits<Result>::epsilon());
    (((hasAdjoint<I>() || isValueInput<I>())
          ? consider(std::numeric_limits<Stored<I>>::epsilon())
          : void()),
     ...);
    return largest;
  }
  void setPrecision() {
    const Number step = options.step;
    if (options.epsilon == 0)
      harness::setPrecision(options, largestEpsilon(all));
    if (step != 0)
      options.step = step;
  }

  // Calls.

  Outcome primal(const Contents &from) const {
    Memory memory(from, wire);
    Outcome outcome = {};
    if constexpr (std::is_void_v<Result>)
      std::apply([](auto &&...a) { Spec::primal(std::forward<decltype(a)>(a)...); },
                 primalArguments(memory, all));
    else
      outcome.returned = std::apply(
          [](auto &&...a) { return Spec::primal(std::forward<decltype(a)>(a)...); },
          primalArguments(memory, all));
    outcome.contents = memory.contents;
    return outcome;
  }

  /// The outputs of a call as numbers.
  Number output(const Outcome &outcome, std::size_t j) const {
    if constexpr (returnsReal)
      return j == 0 ? Number(outcome.returned) : read(outcome.contents, places[j - 1]);
    else
      return read(outcome.contents, places[j]);
  }

  Number seedIn(const Vector &w) const { return returnsReal ? w[0] : 0; }
  Contents shadowsIn(const Vector &w) const {
    Contents shadows = {};
    for (std::size_t k = 0; k < places.size(); ++k)
      write(shadows, places[k], w[k + returnsReal]);
    return shadows;
  }

  template <std::size_t... I>
  void checkContents(const char *what, const Contents &got, const Contents &want,
                     std::index_sequence<I...>) {
    auto check = [&](auto i) {
      if (!identical(std::get<i>(got), std::get<i>(want)))
        point.fail(what, int(i), Number(std::get<i>(got)), Number(std::get<i>(want)), 0);
    };
    (check(At<I>()), ...);
  }

  /// The adjoints of the inputs among what f_grad returned and left.
  template <std::size_t... I>
  Vector collect(const ValueAdjoints &values, const Contents &bars,
                 std::index_sequence<I...>) const {
    Vector result;
    auto value = [&](std::size_t k) {
      Number number = 0;
      std::size_t i = 0;
      std::apply([&](auto... v) { ((i++ == k ? void(number = Number(v)) : void()), ...); },
                 values);
      return number;
    };
    std::size_t next = 0;
    auto add = [&](auto i) {
      if constexpr (isValueInput<i>())
        result.push_back(value(next++));
      else if (std::find(inputs.begin(), inputs.end(), std::size_t(i)) != inputs.end())
        result.push_back(read(bars, i));
    };
    (add(At<I>()), ...);
    return result;
  }

  enum class Call { Plain, WithoutSeed, Valued };

  /// J^T w from f_grad. What f_grad leaves in the places is checked on the way.
  Vector reverse(const Vector &w, Call call = Call::Plain, Returned *value = nullptr) {
    Memory memory(args, wire), bars(shadowsIn(w), wire);
    ValueAdjoints values;
    auto with = [&](auto &&...a) {
      if constexpr (std::tuple_size_v<ValueAdjoints> == 0)
        Spec::grad(std::forward<decltype(a)>(a)...);
      else
        values = Spec::members(Spec::grad(std::forward<decltype(a)>(a)...));
    };
    if (call == Call::WithoutSeed) {
      if constexpr (returnsReal)
        std::apply(with, std::tuple_cat(primalArguments(memory, all), adjoints(bars, all)));
      else
        std::apply(with, gradArguments(memory, bars, 0));
    } else if (call == Call::Valued) {
      if constexpr (!std::is_void_v<Result>)
        std::apply(
            [&](auto &&...a) {
              auto g = Spec::valued(std::forward<decltype(a)>(a)...);
              static_assert(std::is_same_v<decltype(Spec::valueOf(g)), Result>);
              *value = Spec::valueOf(g);
              values = Spec::memberAdjoints(g);
            },
            gradArguments(memory, bars, seedIn(w)));
    } else {
      std::apply(with, gradArguments(memory, bars, seedIn(w)));
    }
    checkContents("what f_grad leaves in a place", memory.contents, before.contents, all);
    return collect(values, bars.contents, all);
  }

  /// J v from f_jvp; value and places are checked on the way.
  Vector forward(const Vector &v) {
    Contents dots = {};
    for (std::size_t i = 0; i < columns(); ++i)
      write(dots, inputs[i], v[i]);
    Memory memory(args, wire), shadows(dots, wire);
    Vector result;
    std::apply(
        [&](auto &&...a) {
          if constexpr (std::is_void_v<Result>) {
            Spec::jvp(std::forward<decltype(a)>(a)...);
          } else {
            auto d = Spec::jvp(std::forward<decltype(a)>(a)...);
            if constexpr (returnsReal) {
              checkReturned(d.value);
              result.push_back(Number(d.dot));
            } else {
              checkReturned(d);
            }
          }
        },
        jvpArguments(memory, shadows));
    checkContents("what f_jvp leaves in a place", memory.contents, before.contents, all);
    for (std::size_t p : places)
      result.push_back(read(shadows.contents, p));
    return result;
  }
  void checkReturned(const Returned &value) {
    if (!identical(value, before.returned))
      point.fail("value beside the tangent", -1, Number(value), Number(before.returned), 0);
  }

  // Differences.

  Difference difference(std::size_t j, std::size_t i) const {
    Difference result = {};
    at(
        inputs[i],
        [&](auto k) {
          if constexpr (Parameter<P<k>>::isReal)
            result = differentiate<Stored<k>>(
                [&](Stored<k> x) {
                  Contents moved = args;
                  std::get<k>(moved) = x;
                  return output(primal(moved), j);
                },
                std::get<k>(args), options.step, options.epsilon);
        },
        all);
    return result;
  }
  /// The largest error that a difference may have: what it cannot resolve, it cannot check.
  Number resolution(const Difference &difference, std::size_t i) const {
    const Number x = read(args, inputs[i]);
    return std::sqrt(options.epsilon) *
           std::fmax(std::fabs(difference.value),
                     difference.size / (x == 0 ? 1 : std::fabs(x)));
  }
  bool isSmooth() const {
    for (std::size_t j = 0; j < rows(); ++j) {
      if (!std::isfinite(output(before, j)))
        return false;
      for (std::size_t i = 0; i < columns(); ++i)
        if (const Difference d = difference(j, i); 16 * d.error > resolution(d, i))
          return false;
    }
    return true;
  }

  // Checks.

  static Vector unit(std::size_t size, std::size_t i) {
    Vector v(size, 0);
    v[i] = 1;
    return v;
  }
  /// Dyadic numbers of no pattern: exact in every precision.
  static Vector mixed(std::size_t size) {
    Vector v(size);
    for (std::size_t i = 0; i < size; ++i)
      v[i] = Number(int(37 + 53 * i) % 64 - 31) / 32;
    return v;
  }

  Number allowed(Number size) const { return options.roundings * options.epsilon * size; }

  void setUnits() {
    for (std::size_t j = 0; j < rows(); ++j) {
      Number largest = 0;
      for (Number g : jacobian[j])
        if (std::isfinite(g))
          largest = std::fmax(largest, std::fabs(g));
      Vector row(columns());
      for (std::size_t i = 0; i < columns(); ++i) {
        const Number g = std::fabs(jacobian[j][i]);
        const Number slope = std::fabs(output(before, j) / read(args, inputs[i]));
        row[i] = std::isfinite(g) ? std::fmax(g, std::fmin(largest, slope)) : 0;
        // Programs that nobody read may cancel to nothing.
        if (options.smooth)
          row[i] = std::fmax(row[i], Number(1e-6));
      }
      units.push_back(row);
    }
  }

  /// J^T w, or the size of its terms.
  Number combined(const std::vector<Vector> &matrix, const Vector &w, std::size_t i) const {
    Number sum = 0;
    for (std::size_t j = 0; j < rows(); ++j)
      if (w[j] != 0)
        sum += &matrix == &units ? matrix[j][i] * std::fabs(w[j]) : matrix[j][i] * w[j];
    return sum;
  }

  void checkExpectedValue() {
    if constexpr (returnsReal)
      if (options.expectedValue)
        point.near("value", -1, Number(before.returned), *options.expectedValue,
                   4 * options.epsilon * std::fabs(*options.expectedValue));
  }

  /// The adjoints for weights one on what is returned and may be written, zero on what is only read.
  void checkAgainstExpected() {
    Vector w(rows(), 1);
    for (std::size_t k = 0; k < places.size(); ++k)
      at(
          places[k], [&](auto p) { w[k + returnsReal] = Parameter<P<p>>::isWritable; }, all);
    const Vector got = reverse(w);
    for (std::size_t i = 0; i < columns(); ++i)
      point.near("reverse against the expected value", int(inputs[i]), got[i],
                 options.expected[i], allowed(std::fabs(options.expected[i])));
  }

  void checkAgainstDifferences() {
    for (std::size_t j = 0; j < rows(); ++j)
      for (std::size_t i = 0; i < columns(); ++i) {
        const Difference d = difference(j, i);
        const Number got = jacobian[j][i];
        const Number tolerance = 8 * d.error + allowed(units[j][i]);
        if (d.size == 0 && got == 0)
          continue; // the output is zero all around
        if (!(tolerance <= resolution(d, i)))
          failAt("differences do not converge here; choose another point or step", j, i, got,
                 d.value, resolution(d, i));
        else if (!std::isfinite(got))
          failAt("reverse is not finite", j, i, got, d.value, tolerance);
        else if (std::fabs(got - d.value) > tolerance)
          failAt("reverse against differences", j, i, got, d.value, tolerance);
      }
  }
  void failAt(const char *what, std::size_t j, std::size_t i, Number got, Number want,
              Number tolerance) {
    char text[160];
    if (returnsReal && j == 0)
      std::snprintf(text, sizeof text, "%s, of what is returned", what);
    else
      std::snprintf(text, sizeof text, "%s, of place %d", what, int(places[j - returnsReal]));
    point.fail(text, int(inputs[i]), got, want, tolerance);
  }

  void checkWeights(const char *what, const Vector &w) {
    const Vector got = reverse(w);
    for (std::size_t i = 0; i < columns(); ++i)
      point.near(what, int(inputs[i]), got[i], combined(jacobian, w, i),
                 2 * allowed(combined(units, w, i)));
  }
  void checkWeights() {
    checkWeights("mixed weights", mixed(rows()));
    Vector scaled = mixed(rows());
    for (Number &w : scaled)
      w = Number(float(-1.7L * w)); // exact in every precision as well
    checkWeights("weights times -1.7", scaled);
    checkWeights("all weights one", Vector(rows(), 1));
    bool finite = true;
    for (std::size_t j = 0; j < rows(); ++j)
      finite &= std::isfinite(output(before, j));
    const Vector none = reverse(Vector(rows(), 0));
    for (std::size_t i = 0; i < columns(); ++i)
      if (finite && none[i] != 0)
        point.fail("weights zero", int(inputs[i]), none[i], 0, 0);
  }

  void checkValued() {
    if constexpr (!std::is_void_v<Result>) {
      const Vector w = mixed(rows());
      Returned value;
      const Vector got = reverse(w, Call::Valued, &value);
      for (std::size_t i = 0; i < columns(); ++i)
        point.near("gradient beside the value", int(inputs[i]), got[i],
                   combined(jacobian, w, i), 2 * allowed(combined(units, w, i)));
      const Number was = Number(before.returned);
      point.near("value beside the gradient", -1, Number(value), was,
                 4 * options.epsilon * std::fabs(was));
    }
  }

  void checkTangent(const char *what, const Vector &v) {
    const Vector got = forward(v);
    for (std::size_t j = 0; j < rows(); ++j) {
      Number sum = 0, terms = 0;
      for (std::size_t i = 0; i < columns(); ++i)
        if (v[i] != 0) {
          sum += jacobian[j][i] * v[i];
          terms += units[j][i] * std::fabs(v[i]);
        }
      if (std::fabs(got[j] - sum) > allowed(terms) || std::isnan(got[j]) != std::isnan(sum)) {
        char text[160];
        std::snprintf(text, sizeof text, "%s, output %d", what, int(j));
        point.near(text, -1, got[j], sum, allowed(terms));
      }
    }
  }
  void checkTangents() {
    for (std::size_t i = 0; i < columns(); ++i)
      checkTangent("forward against reverse", unit(columns(), i));
    checkTangent("forward along a mixed direction", mixed(columns()));
    bool finite = true;
    for (std::size_t j = 0; j < rows(); ++j)
      finite &= std::isfinite(output(before, j));
    if (finite)
      checkTangent("forward along zero", Vector(columns(), 0));
  }

  /// Twice in a row, and without a seed if there is one.
  void checkRepetition() {
    Vector w = mixed(rows());
    if (returnsReal)
      w[0] = 1;
    const Vector first = reverse(w), again = reverse(w, Call::WithoutSeed);
    for (std::size_t i = 0; i < columns(); ++i)
      if (!identical(again[i], first[i]))
        point.fail("second call, without a seed", int(inputs[i]), again[i], first[i], 0);
  }
};

template <class Spec>
void checkPlacesAt(const char *text, typename PlacesChecker<Spec>::Contents args,
                   typename PlacesChecker<Spec>::Wiring wire, const Options &options) {
  PlacesChecker<Spec>(text, args, wire, options).run();
}

} // namespace harness

#endif // ADGEN_TEST_HARNESS_PLACES_H
