// The value harness for functions that read and write memory, and for containers and structs.
//
// Such a function is a map from its inputs (the reals of the parameters by value in `wrt`, and of the
// initial contents of the places that have a shadow) to its outputs (the reals of what it returns and of
// the final contents of these places; of a place that is only read, the contents themselves). A place is
// what a parameter refers to: a variable, an array, the elements of a span, what an object points to.
// With J the matrix of the map's derivatives:
//
//   - f_grad turns the adjoints w of the outputs into J^T w. For what is only read, whose row of J has
//     a one, this says that `x_bar` is added to; for what is only overwritten, that `y_bar` ends as zero;
//   - f_jvp turns the tangents v of the inputs into J v;
//   - both leave in every place what f leaves there, bit for bit, and touch nothing beside it.
//
// A test's main program (main_program.py) describes a function as a `Spec`:
//
//   struct Spec {
//     static constexpr const char *name;              // "f"
//     static constexpr const char *parameters[];      // "x", "y"
//     using Function, GradFunction, JvpFunction;      // types of pointers to f, f_grad, f_jvp
//     static constexpr std::array<int, N> wrt;        // positions of the parameters
//     static R primal(A &&...);                       // f, f_grad, f_grad with the value, f_jvp
//     static G grad(A &&...);  static G valued(A &&...);  static D jvp(A &&...);
//     static auto member(At<I>, G);                   // the adjoint of parameter I, by its name
//     static constexpr bool isDerived;                // or there is nothing of f_grad and f_jvp above
//   };
#ifndef ADGEN_TEST_HARNESS_PLACES_H
#define ADGEN_TEST_HARNESS_PLACES_H

#include "harness_blocks.h"
#include "harness_map.h"

namespace harness {

template <std::size_t I> using At = std::integral_constant<std::size_t, I>;

/// What a parameter of type P is to a derivative.
template <class P> struct Parameter {
  static constexpr bool isSpan = !std::is_pointer_v<P> && IsHandle<std::remove_cv_t<P>>::value;
  static constexpr bool isPointer =
      std::is_pointer_v<P> && !std::is_function_v<std::remove_pointer_t<P>>;
  static constexpr bool isPlace = isSpan || isPointer || std::is_lvalue_reference_v<P>;
  template <class Q, bool> struct Referred {
    using type = std::remove_reference_t<Q>;
  };
  template <class Q> struct Referred<Q, true> {
    using type = typename IsHandle<std::remove_cv_t<Q>>::Element;
  };
  using Object = typename Referred<P, isSpan || isPointer>::type;
  /// What the harness stores for it: the elements of a place, a value.
  using Stored = std::remove_cv_t<Object>;

  static constexpr bool isReal = holdsReals<Stored>();
  static constexpr Sharing shares = sharing<Stored>();
  static constexpr bool isHandleLike = isPlace || shares != Sharing::None;
  static constexpr bool isWritable =
      isReal && ((isPlace && !std::is_const_v<Object>) || shares == Sharing::Writable);

  template <class Q> struct Bar {
    using type = Q;
  };
  template <class T> struct Bar<T *> {
    using type = std::remove_cv_t<T> *;
  };
  template <class T> struct Bar<T &> {
    using type = std::remove_cv_t<T> &;
  };
#ifdef __cpp_lib_span
  template <class T, std::size_t N> struct Bar<std::span<T, N>> {
    using type = std::span<std::remove_cv_t<T>, N>;
  };
#endif
  using Adjoint = typename Bar<std::remove_cv_t<P>>::type;
};

template <class F> struct Types;
template <class R, class... P> struct Types<R (*)(P...)> {
  using Result = R;
  using Parameters = std::tuple<P...>;
  using Contents = std::tuple<Given<typename Parameter<P>::Stored>...>;
  using Blocks = std::tuple<std::unique_ptr<Block<typename Parameter<P>::Stored>>...>;
  using Pointers = std::tuple<typename Parameter<P>::Stored *...>;
};
template <class R, class... P> struct Types<R (*)(P...) noexcept> : Types<R (*)(P...)> {};

/// The objects of one call. Shadows are wired as their primals are.
template <class Signature> class Memory {
public:
  using Contents = typename Signature::Contents;
  using Pointers = typename Signature::Pointers;
  static constexpr std::size_t size = std::tuple_size_v<Contents>;
  using Wiring = void (*)(Memory &);

  Memory(const Contents &contents, Wiring wire) : Memory(contents, wire, std::make_index_sequence<size>()) {}
  Memory(const Memory &) = delete;

  /// Lets parameter z begin at element `offset` of parameter y.
  template <std::size_t z, std::size_t y> void alias(std::ptrdiff_t offset = 0) {
    using E = std::remove_pointer_t<std::tuple_element_t<z, Pointers>>;
    std::get<z>(at) = elementsOf<E>(std::get<y>(at)) + offset;
    sizes[z] = countOf<E>(std::get<y>(at), sizes[y]) - offset;
    owned[z] = false;
  }

  Contents contents() const { return contents(std::make_index_sequence<size>()); }

  Copies copies;
  typename Signature::Blocks blocks;
  Pointers at;
  std::array<std::size_t, size> sizes;
  /// Whether a parameter's block is its own.
  std::array<bool, size> owned;

private:
  template <std::size_t... I>
  Memory(const Contents &contents, Wiring wire, std::index_sequence<I...>) {
    (add<I>(std::get<I>(contents)), ...);
    wire(*this);
  }
  template <std::size_t I, class E> void add(const Given<E> &given) {
    auto &block = std::get<I>(blocks) = std::make_unique<Block<E>>(given.cells);
    block->moveHandles(copies.mover());
    std::get<I>(at) = given.isNull ? nullptr : block->data();
    sizes[I] = block->size();
    owned[I] = !given.isNull;
  }
  template <std::size_t... I> Contents contents(std::index_sequence<I...>) const {
    return {{std::get<I>(blocks)->contents(), !std::get<I>(at)}...};
  }
  template <class E, class F> static std::size_t countOf(F *at, std::size_t count) {
    if constexpr (std::is_same_v<E, F>)
      return count;
    else if constexpr (std::is_array_v<F>)
      return countOf<E>(&(*at)[0], std::extent_v<F>);
    else
      return countOf<E>(at->data(), at->size());
  }
};

/// The function's value beside its gradient; its name has a `_` if an adjoint's is the same.
template <class G> auto valueIn(const G &g, int) -> decltype(g.value_) { return g.value_; }
template <class G> auto valueIn(const G &g, long) -> decltype(g.value) { return g.value; }

template <class Spec> class PlacesChecker : public MapChecker {
  using Signature = Types<typename Spec::Function>;
  using Result = typename Signature::Result;
  using Parameters = typename Signature::Parameters;
  static constexpr std::size_t size = std::tuple_size_v<Parameters>;
  static constexpr auto all = std::make_index_sequence<size>();
  template <std::size_t I> using P = std::tuple_element_t<I, Parameters>;
  template <std::size_t I> using Stored = typename Parameter<P<I>>::Stored;
  struct Nothing {};
  using Returned = std::conditional_t<std::is_void_v<Result>, Nothing, Result>;
  static constexpr bool returnsReals = holdsReals<Returned>();
  static constexpr bool returnsNumber = std::is_floating_point_v<Result>;

public:
  using Objects = Memory<Signature>;
  using Contents = typename Objects::Contents;
  using Wiring = typename Objects::Wiring;
  template <std::size_t I>
  using Make = std::conditional_t<Parameter<P<I>>::isPointer || Parameter<P<I>>::isSpan,
                                  MakeElements<Stored<I>>, MakeObject<Stored<I>>>;

  PlacesChecker(const char *text, Contents args, Wiring wire, const Options &options)
      : MapChecker(Spec::name, text, options), args(std::move(args)), wire(wire), before(call()) {
    if constexpr (Spec::isDerived)
      checkSignatures();
    hasValue = !std::is_void_v<Result>;
    hasDefault = returnsNumber;
    findReached(all);
    findInputs();
    findOutputs();
    setPrecision();
    checkExpectedValue();
  }

private:
  Contents args;
  Wiring wire;

  /// What a call leaves: in each parameter's block and behind pointers; and the result.
  struct Outcome {
    std::vector<Vector> numbers;
    Contents contents;
    Returned returned;
  };
  Outcome before;
  /// The templates of `memory()` that are places.
  std::vector<bool> reached = std::vector<bool>(templates().size());

  // Which parameters have shadows.

  static constexpr bool isRequested(std::size_t i) {
    for (int p : Spec::wrt)
      if (std::size_t(p) == i)
        return true;
    return false;
  }
  template <std::size_t I> static constexpr bool hasAdjoint() {
    using Q = Parameter<P<I>>;
    return Q::isHandleLike && Q::isReal && (isRequested(I) || Q::isWritable);
  }
  template <std::size_t I> static constexpr bool isValueInput() {
    return !Parameter<P<I>>::isHandleLike && isRequested(I);
  }

  template <class Use, std::size_t... I> static void forEach(Use use, std::index_sequence<I...>) {
    (use(At<I>()), ...);
  }

  template <std::size_t... I> void findReached(std::index_sequence<I...>) {
    const Mover mark = [&](const void *at) {
      const std::size_t i = templateOf(at);
      if (i < reached.size() && !reached[i]) {
        reached[i] = true;
        templates()[i]->moveHandles(mark);
      }
      return at;
    };
    auto walk = [&](auto i) {
      if constexpr (hasAdjoint<i>())
        for (Cell<Stored<i>> &cell : std::get<i>(args).cells)
          moveHandles(cell.value, mark);
    };
    (walk(At<I>()), ...);
  }

  /// The reals of the places among the objects of a call.
  std::vector<Real> places(Objects &memory) const {
    std::vector<Real> reals;
    forEach(
        [&](auto i) {
          if constexpr (hasAdjoint<i>())
            if (memory.owned[i])
              std::get<i>(memory.blocks)->addReals(reals);
        },
        all);
    addReached(memory, reals);
    return reals;
  }
  void addReached(Objects &memory, std::vector<Real> &reals) const {
    for (std::size_t i = 0; i < reached.size(); ++i)
      if (reached[i])
        memory.copies.blocks[i]->addReals(reals);
  }
  /// The reals of the inputs. Those of parameter i by value are in `value(i)`.
  template <class Value> std::vector<Real> inputReals(Objects &memory, Value value) const {
    std::vector<Real> reals;
    forEach(
        [&](auto i) {
          if constexpr (isValueInput<i>())
            flatten(value(i), reals);
          else if constexpr (hasAdjoint<i>())
            if (memory.owned[i])
              std::get<i>(memory.blocks)->addReals(reals);
        },
        all);
    addReached(memory, reals);
    return reals;
  }
  /// The same where the parameters by value are among the objects.
  std::vector<Real> inputReals(Objects &memory) const {
    return inputReals(memory, [&](auto i) -> auto & { return *std::get<i>(memory.at); });
  }

  /// Calls `add` with what each real of the places and the parameters by value is called.
  template <class Add> void forNames(Objects &memory, Add add) const {
    forEach(
        [&](auto i) {
          if (!memory.owned[i] || !(isValueInput<i>() || hasAdjoint<i>()))
            return;
          std::vector<Real> reals;
          std::get<i>(memory.blocks)->addReals(reals);
          const bool isOne = std::is_floating_point_v<Stored<i>> && reals.size() == 1;
          for (std::size_t k = 0; k < reals.size(); ++k)
            add(i, element(Spec::parameters[i], k, isOne), reals[k]);
        },
        all);
    std::vector<Real> reals;
    addReached(memory, reals);
    for (std::size_t k = 0; k < reals.size(); ++k)
      add(At<size>(), element("memory", k, false), reals[k]);
  }
  static std::string element(const std::string &name, std::size_t k, bool isOne) {
    return isOne ? name : name + "[" + std::to_string(k) + "]";
  }
  void findInputs() {
    Objects memory(args, wire);
    forNames(memory, [&](auto, const std::string &name, const Real &real) {
      inputs.push_back({name, real.get(), real.epsilon()});
    });
  }
  void findOutputs() {
    if constexpr (returnsReals) {
      const Vector reals = read(flatten(before.returned));
      for (std::size_t k = 0; k < reals.size(); ++k)
        outputs.push_back({element(Spec::name, k, returnsNumber), reals[k], true});
    }
    Objects memory(args, wire);
    const Vector initial = read(places(memory));
    const std::size_t first = outputs.size();
    call(memory);
    forNames(memory, [&](auto i, const std::string &name, const Real &real) {
      if constexpr (i == size)
        outputs.push_back({name, real.get(), true});
      else if constexpr (hasAdjoint<i>())
        outputs.push_back({name, real.get(), Parameter<P<i>>::isWritable});
    });
    for (std::size_t k = 0; k < initial.size() && first + k < outputs.size(); ++k)
      if (std::fabs(outputs[first + k].at) < Number(1e-10) * std::fabs(initial[k]))
        outputs[first + k].cancelled = std::fabs(initial[k]);
  }

  // Arguments, and what the signatures must be.

  template <std::size_t I, class Q = P<I>> static std::tuple<Q> argument(Objects &memory) {
    auto *at = std::get<I>(memory.at);
    if constexpr (Parameter<Q>::isPointer)
      return std::tuple<Q>(at);
    else if constexpr (Parameter<Q>::isSpan)
      return std::tuple<Q>(Q(at, memory.sizes[I]));
    else
      return std::tuple<Q>(*at);
  }
  template <std::size_t I> static auto adjoint(Objects &bars) {
    if constexpr (!hasAdjoint<I>())
      return std::tuple<>();
    else
      return argument<I, typename Parameter<P<I>>::Adjoint>(bars);
  }
  template <std::size_t I> static auto tangent(Objects &dots) {
    if constexpr (hasAdjoint<I>() || isValueInput<I>())
      return argument<I>(dots);
    else
      return std::tuple<>();
  }
  template <std::size_t... I>
  static auto primalArguments(Objects &memory, std::index_sequence<I...>) {
    return std::tuple_cat(argument<I>(memory)...);
  }
  template <std::size_t... I> static auto adjoints(Objects &bars, std::index_sequence<I...>) {
    return std::tuple_cat(adjoint<I>(bars)...);
  }
  template <std::size_t... I> static auto tangents(Objects &dots, std::index_sequence<I...>) {
    return std::tuple_cat(tangent<I>(dots)...);
  }
  static auto seed(const Returned &seed) {
    if constexpr (returnsNumber)
      return std::tuple<Result>(seed);
    else if constexpr (returnsReals)
      return std::tuple<const Result &>(seed);
    else
      return (void)seed, std::tuple<>();
  }
  static auto gradArguments(Objects &memory, Objects &bars, const Returned &seedIs) {
    return std::tuple_cat(primalArguments(memory, all), adjoints(bars, all), seed(seedIs));
  }
  static auto jvpArguments(Objects &memory, Objects &dots) {
    return std::tuple_cat(primalArguments(memory, all), tangents(dots, all));
  }
  /// What f_grad returns of parameter I.
  template <std::size_t I>
  using Adjoint = std::conditional_t<isValueInput<I>(), std::remove_cv_t<P<I>>, Nothing>;
  template <std::size_t... I> static std::tuple<Adjoint<I>...> adjointTypes(std::index_sequence<I...>);
  using ValueAdjoints = decltype(adjointTypes(all));
  template <std::size_t... I> static constexpr std::size_t countValues(std::index_sequence<I...>) {
    return (std::size_t(isValueInput<I>()) + ... + 0);
  }

  template <class G, bool onlyMembers>
  static ValueAdjoints members([[maybe_unused]] G &g) {
    ValueAdjoints values{};
    forEach(
        [&](auto i) {
          if constexpr (!isValueInput<i>()) {
          } else if constexpr (countValues(all) == 1 && !onlyMembers) {
            static_assert(std::is_same_v<G, Adjoint<i>>, "an adjoint has its parameter's type");
            std::get<i>(values) = g;
          } else {
            static_assert(std::is_same_v<decltype(Spec::member(i, g)), Adjoint<i>>,
                          "an adjoint has its parameter's type");
            std::get<i>(values) = Spec::member(i, g);
          }
        },
        all);
    return values;
  }

  static void checkSignatures() {
    using Grad = decltype(gradArguments(std::declval<Objects &>(), std::declval<Objects &>(),
                                        std::declval<Returned &>()));
    using Jvp = decltype(jvpArguments(std::declval<Objects &>(), std::declval<Objects &>()));
    static_assert(std::is_same_v<typename Types<typename Spec::GradFunction>::Parameters, Grad>,
                  "f_grad has the parameters of f, the adjoints, the seed");
    static_assert(std::is_same_v<typename Types<typename Spec::JvpFunction>::Parameters, Jvp>,
                  "f_jvp has the parameters of f, the tangents");
    using G = typename Types<typename Spec::GradFunction>::Result;
    using D = typename Types<typename Spec::JvpFunction>::Result;
    if constexpr (countValues(all) == 0)
      static_assert(std::is_void_v<G>, "without an adjoint of a value, f_grad returns nothing");
    if constexpr (returnsReals)
      static_assert(std::is_same_v<decltype(D::value), Result> &&
                        std::is_same_v<decltype(D::dot), Result>,
                    "f_jvp returns the value and its tangent");
    else
      static_assert(std::is_same_v<D, Result>, "f_jvp returns what f returns");
  }

  /// The least precise among the inputs and the outputs.
  void setPrecision() {
    const Number step = options.step;
    if (options.epsilon == 0) {
      Number largest = std::numeric_limits<Number>::epsilon();
      for (const Input &input : inputs)
        largest = std::fmax(largest, input.epsilon);
      Objects memory(args, wire);
      for (const Real &real : outputReals(before.returned, memory))
        largest = std::fmax(largest, real.epsilon());
      harness::setPrecision(options, largest);
    }
    if (step != 0)
      options.step = step;
  }
  void checkExpectedValue() {
    if constexpr (std::is_arithmetic_v<Result>)
      if (options.expectedValue)
        point.near("value", -1, Number(before.returned), *options.expectedValue,
                   4 * options.epsilon * std::fabs(*options.expectedValue));
  }

  // Calls.

  std::vector<Real> outputReals(Returned &returned, Objects &memory) const {
    std::vector<Real> reals;
    if constexpr (returnsReals)
      flatten(returned, reals);
    for (const Real &real : places(memory))
      reals.push_back(real);
    return reals;
  }
  std::vector<Vector> numbersIn(const Objects &memory) const {
    std::vector<Vector> numbers;
    forEach(
        [&](auto i) {
          numbers.emplace_back();
          std::get<i>(memory.blocks)->addNumbers(numbers.back());
        },
        all);
    for (const auto &block : memory.copies.blocks) {
      numbers.emplace_back();
      block->addNumbers(numbers.back());
    }
    return numbers;
  }
  Returned call(Objects &memory) const {
    auto with = [](auto &&...a) {
      if constexpr (std::is_void_v<Result>)
        return Spec::primal(std::forward<decltype(a)>(a)...), Nothing();
      else
        return Spec::primal(std::forward<decltype(a)>(a)...);
    };
    return std::apply(with, primalArguments(memory, all));
  }
  Outcome call() const {
    Objects memory(args, wire);
    Returned returned = call(memory);
    return {numbersIn(memory), memory.contents(), std::move(returned)};
  }
  Vector outputsWith(std::size_t i, Number x) const override {
    Objects memory(args, wire);
    inputReals(memory)[i].set(x);
    Returned returned = call(memory);
    return read(outputReals(returned, memory));
  }

  void checkObjects(const char *what, Objects &memory) {
    const std::vector<Vector> numbers = numbersIn(memory);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      const std::string name = i < size ? Spec::parameters[i] : "memory";
      const Vector &want = before.numbers[i], got = shaped(what, numbers[i], want.size());
      for (std::size_t k = 0; k < got.size(); ++k)
        if (!identical(got[k], want[k]))
          fail(what, element(name, k, got.size() == 1), got[k], want[k], 0);
    }
  }

  static Vector read(const std::vector<Real> &reals) {
    Vector numbers;
    for (const Real &real : reals)
      numbers.push_back(real.get());
    return numbers;
  }

  /// J^T w from f_grad. What f_grad leaves in the places is checked on the way.
  Vector reverse(const Vector &w, Call call) override {
    if constexpr (Spec::isDerived)
      return reverseDerived(w, call);
    else
      return {};
  }
  Vector reverseDerived(const Vector &w, Call call) {
    Objects memory(args, wire), initial(args, wire);
    Returned seedIs = before.returned;
    // A container that f resizes has a shadow in its final shape.
    const bool keepsShape = outputReals(seedIs, initial).size() == w.size();
    Objects bars(keepsShape ? args : before.contents, wire);
    const std::vector<Real> weights = outputReals(seedIs, bars);
    for (std::size_t j = 0; j < w.size(); ++j)
      weights[j].set(w[j]);
    ValueAdjoints values{};
    auto with = [&](auto &&...a) {
      if constexpr (countValues(all) == 0) {
        Spec::grad(std::forward<decltype(a)>(a)...);
      } else {
        auto g = Spec::grad(std::forward<decltype(a)>(a)...);
        values = members<decltype(g), false>(g);
      }
    };
    if (call == Call::WithoutSeed) {
      if constexpr (returnsNumber)
        std::apply(with, std::tuple_cat(primalArguments(memory, all), adjoints(bars, all)));
      else
        std::apply(with, gradArguments(memory, bars, seedIs));
    } else if (call == Call::Valued) {
      if constexpr (!std::is_void_v<Result>)
        std::apply(
            [&](auto &&...a) {
              auto g = Spec::valued(std::forward<decltype(a)>(a)...);
              static_assert(std::is_same_v<decltype(valueIn(g, 0)), Result>);
              checkReturned("value beside the gradient", valueIn(g, 0), 4);
              values = members<decltype(g), true>(g);
            },
            gradArguments(memory, bars, seedIs));
    } else {
      std::apply(with, gradArguments(memory, bars, seedIs));
    }
    checkObjects("what f_grad leaves in a place", memory);
    auto adjoint = [&](auto i) -> auto & { return std::get<i>(values); };
    return shaped("adjoints", read(inputReals(bars, adjoint)), inputs.size());
  }

  /// J v from f_jvp; value and places are checked on the way.
  Vector forward(const Vector &v) override {
    if constexpr (Spec::isDerived)
      return forwardDerived(v);
    else
      return {};
  }
  Vector forwardDerived(const Vector &v) {
    Objects memory(args, wire), dots(args, wire);
    const std::vector<Real> reals = inputReals(dots);
    for (std::size_t i = 0; i < v.size(); ++i)
      reals[i].set(v[i]);
    Vector result;
    std::apply(
        [&](auto &&...a) {
          if constexpr (std::is_void_v<Result>) {
            Spec::jvp(std::forward<decltype(a)>(a)...);
          } else {
            auto d = Spec::jvp(std::forward<decltype(a)>(a)...);
            if constexpr (returnsReals) {
              checkReturned("value beside the tangent", d.value, 0);
              result = read(flatten(d.dot));
            } else {
              checkReturned("value beside the tangent", d, 0);
            }
          }
        },
        jvpArguments(memory, dots));
    checkObjects("what f_jvp leaves in a place", memory);
    for (const Real &real : places(dots))
      result.push_back(real.get());
    return shaped("tangents", result, outputs.size());
  }
  /// The value, to `roundings`; bit for bit if that is 0.
  void checkReturned(const char *what, const Returned &value, Number roundings) {
    Vector got, want;
    record(value, got);
    record(before.returned, want);
    got = shaped(what, got, want.size());
    for (std::size_t k = 0; k < want.size(); ++k)
      if (!identical(got[k], want[k]) &&
          (roundings == 0 || std::fabs(got[k] - want[k]) > roundings * options.epsilon * std::fabs(want[k])))
        point.fail(what, -1, got[k], want[k], 0);
  }

};

template <class Spec>
void checkPlacesAt(const char *text, typename PlacesChecker<Spec>::Contents args,
                   typename PlacesChecker<Spec>::Wiring wire, const Options &options) {
  PlacesChecker<Spec>(text, std::move(args), wire, options).run();
  templates().clear();
}

} // namespace harness

#endif // ADGEN_TEST_HARNESS_PLACES_H
