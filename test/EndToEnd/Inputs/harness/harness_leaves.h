// What an object consists of, for every type that a test's function may take.
//
// `visit(object, f)` calls f with each number, pointer and enumerator in the object, in order of
// declaration and of index, and with the `Size` of each container: through arrays, containers, tuples
// and the fields of structs. A class that is no aggregate has its fields from a line of the test:
//
//   // FIELDS: Matrix<double>: rows_, columns_, data_
//
// What a pointer or a view points to is not part of the object that holds it.
#ifndef ADGEN_TEST_HARNESS_LEAVES_H
#define ADGEN_TEST_HARNESS_LEAVES_H

#include "harness.h"

#include <complex>
#include <cstddef>
#include <cstdlib>
#include <initializer_list>
#include <iterator>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#if defined(__has_include) && __has_include(<span>) && __cplusplus >= 202002L
#include <span>
#endif

namespace harness {

// The fields of a struct, found by how many initializers it takes.

/// Stands for any initializer of a field of T.
template <class T> struct Initializer {
  template <class Field, class = std::enable_if_t<!std::is_same_v<Field, T>>>
  operator Field() const;
};
template <class T, std::size_t> using Repeated = Initializer<T>;

/// Whether T can be initialized by `Before` values, `{}` and `After` values.
template <class T, std::size_t... Before, std::size_t... After>
auto takesBraces(std::index_sequence<Before...>, std::index_sequence<After...>)
    -> decltype(T{Repeated<T, Before>()..., {}, Repeated<T, After>()...}, std::true_type());
template <class T> std::false_type takesBraces(...);
template <class T, std::size_t... I>
auto takes(std::index_sequence<I...>) -> decltype(T{Repeated<T, I>()...}, std::true_type());
template <class T> std::false_type takes(...);

/// How many values initialize T, where an array counts with all its elements.
template <class T, std::size_t N = 0> constexpr std::size_t countInitializers() {
  if constexpr (decltype(takes<T>(std::make_index_sequence<N + 1>()))::value)
    return countInitializers<T, N + 1>();
  else
    return N;
}
/// How many of these the field takes that comes after `Before` of them.
template <class T, std::size_t Total, std::size_t Before, std::size_t Width = 1>
constexpr std::size_t widthOfField() {
  if constexpr (decltype(takesBraces<T>(
                    std::make_index_sequence<Before>(),
                    std::make_index_sequence<Total - Before - Width>()))::value)
    return Width;
  else
    return widthOfField<T, Total, Before, Width + 1>();
}
template <class T, std::size_t Total, std::size_t Before = 0> constexpr std::size_t countFields() {
  if constexpr (Before >= Total)
    return 0;
  else
    return 1 + countFields<T, Total, Before + widthOfField<T, Total, Before>()>();
}

/// References to the fields of a class, as a tuple. Specialized by the FIELDS lines of a test.
template <class T> struct Fields {
  static_assert(std::is_aggregate_v<T>, "the harness needs a FIELDS line for this class");
  template <class V> static auto of(V &v) {
    constexpr std::size_t n = countFields<T, countInitializers<T>()>();
    static_assert(n <= 9, "more fields than the harness can name");
    if constexpr (n == 0) {
      return (void)v, std::tuple<>();
    } else if constexpr (n == 1) {
      auto &[a] = v;
      return std::tie(a);
    } else if constexpr (n == 2) {
      auto &[a, b] = v;
      return std::tie(a, b);
    } else if constexpr (n == 3) {
      auto &[a, b, c] = v;
      return std::tie(a, b, c);
    } else if constexpr (n == 4) {
      auto &[a, b, c, d] = v;
      return std::tie(a, b, c, d);
    } else if constexpr (n == 5) {
      auto &[a, b, c, d, e] = v;
      return std::tie(a, b, c, d, e);
    } else if constexpr (n == 6) {
      auto &[a, b, c, d, e, f] = v;
      return std::tie(a, b, c, d, e, f);
    } else if constexpr (n == 7) {
      auto &[a, b, c, d, e, f, g] = v;
      return std::tie(a, b, c, d, e, f, g);
    } else if constexpr (n == 8) {
      auto &[a, b, c, d, e, f, g, h] = v;
      return std::tie(a, b, c, d, e, f, g, h);
    } else {
      auto &[a, b, c, d, e, f, g, h, i] = v;
      return std::tie(a, b, c, d, e, f, g, h, i);
    }
  }
};

// Kinds of types.

template <class T, class = void> struct IsRange : std::false_type {};
template <class T>
struct IsRange<T, std::void_t<decltype(std::begin(std::declval<T &>()) != std::end(std::declval<T &>())),
                              typename T::value_type>> : std::true_type {};
template <class T, class = void> struct IsTuple : std::false_type {};
template <class T> struct IsTuple<T, std::void_t<decltype(std::tuple_size<T>::value)>> : std::true_type {};
template <class T> struct IsComplex : std::false_type {};
template <class T> struct IsComplex<std::complex<T>> : std::true_type {};

/// A pointer to data, or a view of them.
template <class T> struct IsHandle : std::false_type {};
template <class T> struct IsHandle<T *> : std::bool_constant<!std::is_function_v<T>> {
  using Element = T;
};
#ifdef __cpp_lib_span
template <class T, std::size_t N> struct IsHandle<std::span<T, N>> : std::true_type {
  using Element = T;
};
#endif

/// Whether a T holds differentiable data, itself or behind pointers. A list's node holds a pointer to
/// a node: `depth` ends it.
template <class T, int depth = 6> constexpr bool holdsReals();
template <class Tuple, int depth, std::size_t... I>
constexpr bool anyHoldsReals(std::index_sequence<I...>) {
  return (... || holdsReals<std::remove_reference_t<std::tuple_element_t<I, Tuple>>, depth>());
}
template <class T, int depth> constexpr bool holdsReals() {
  using U = std::remove_cv_t<T>;
  if constexpr (depth == 0)
    return false;
  else if constexpr (std::is_floating_point_v<U>)
    return true;
  else if constexpr (std::is_array_v<U>)
    return holdsReals<std::remove_extent_t<U>, depth - 1>();
  else if constexpr (IsHandle<U>::value)
    return holdsReals<typename IsHandle<U>::Element, depth - 1>();
  else if constexpr (IsComplex<U>::value)
    return true;
  else if constexpr (IsRange<U>::value)
    return holdsReals<typename U::value_type, depth - 1>();
  else if constexpr (std::is_scalar_v<U> || std::is_void_v<U> || !std::is_class_v<U>)
    return false;
  else if constexpr (IsTuple<U>::value)
    return anyHoldsReals<U, depth - 1>(std::make_index_sequence<std::tuple_size_v<U>>());
  else if constexpr (std::is_empty_v<U>)
    return false;
  else {
    using Tuple = decltype(Fields<U>::of(std::declval<U &>()));
    return anyHoldsReals<Tuple, depth - 1>(std::make_index_sequence<std::tuple_size_v<Tuple>>());
  }
}

/// Whether a copy of a T shares differentiable data with it; whether it lets one write them.
enum class Sharing { None, Constant, Writable };
template <class T, int depth = 6> constexpr Sharing sharing();
template <class Tuple, int depth, std::size_t... I>
constexpr Sharing mostSharing(std::index_sequence<I...>) {
  Sharing most = Sharing::None;
  ((most = std::max(most, sharing<std::remove_reference_t<std::tuple_element_t<I, Tuple>>, depth>())),
   ...);
  return most;
}
template <class T, int depth> constexpr Sharing sharing() {
  using U = std::remove_cv_t<T>;
  if constexpr (depth == 0) {
    return Sharing::None;
  } else if constexpr (IsHandle<U>::value) {
    using Element = typename IsHandle<U>::Element;
    if constexpr (!holdsReals<Element>())
      return Sharing::None;
    else if constexpr (!std::is_const_v<Element>)
      return Sharing::Writable;
    else
      return std::max(Sharing::Constant, sharing<Element, depth - 1>());
  } else if constexpr (std::is_array_v<U>) {
    return sharing<std::remove_extent_t<U>, depth - 1>();
  } else if constexpr (IsRange<U>::value) {
    return sharing<typename U::value_type, depth - 1>();
  } else if constexpr (!std::is_class_v<U> || std::is_empty_v<U> || IsComplex<U>::value) {
    return Sharing::None;
  } else if constexpr (IsTuple<U>::value) {
    return mostSharing<U, depth - 1>(std::make_index_sequence<std::tuple_size_v<U>>());
  } else {
    using Tuple = decltype(Fields<U>::of(std::declval<U &>()));
    return mostSharing<Tuple, depth - 1>(std::make_index_sequence<std::tuple_size_v<Tuple>>());
  }
}

// The visitor.

/// The number of elements of a container.
struct Size {
  std::size_t size;
};

template <class T, class F> void visit(T &object, F &&f) {
  using U = std::remove_cv_t<T>;
  if constexpr (std::is_array_v<U>) {
    for (auto &element : object)
      visit(element, f);
  } else if constexpr (IsHandle<U>::value || !std::is_class_v<U>) {
    f(object);
  } else if constexpr (IsComplex<U>::value) {
    for (auto &part : reinterpret_cast<typename U::value_type(&)[2]>(object))
      f(part);
  } else if constexpr (IsRange<U>::value) {
    const Size size = {std::size_t(std::distance(std::begin(object), std::end(object)))};
    f(size);
    for (auto &&element : object)
      visit(element, f);
  } else if constexpr (IsTuple<U>::value) {
    std::apply([&](auto &...parts) { (visit(parts, f), ...); }, object);
  } else if constexpr (!std::is_empty_v<U>) {
    std::apply([&](auto &...fields) { (visit(fields, f), ...); }, Fields<U>::of(object));
  }
}

/// A real number somewhere in memory.
class Real {
public:
  explicit Real(float &x) : single(&x) {}
  explicit Real(double &x) : twice(&x) {}
  explicit Real(long double &x) : extended(&x) {}

  Number get() const { return single ? Number(*single) : twice ? Number(*twice) : *extended; }
  void set(Number x) const {
    if (single)
      *single = float(x);
    else if (twice)
      *twice = double(x);
    else
      *extended = x;
  }
  Number epsilon() const {
    return single  ? std::numeric_limits<float>::epsilon()
           : twice ? std::numeric_limits<double>::epsilon()
                   : std::numeric_limits<Number>::epsilon();
  }

private:
  float *single = nullptr;
  double *twice = nullptr;
  long double *extended = nullptr;
};

/// Pointers to all the reals in an object.
template <class T> void flatten(T &object, std::vector<Real> &reals) {
  visit(object, [&](auto &leaf) {
    using Leaf = std::remove_reference_t<decltype(leaf)>;
    if constexpr (std::is_floating_point_v<Leaf> && !std::is_const_v<Leaf>)
      reals.emplace_back(leaf);
  });
}
template <class T> std::vector<Real> flatten(T &object) {
  std::vector<Real> reals;
  flatten(object, reals);
  return reals;
}

/// The numbers of an object, its integers and sizes included, for a comparison bit for bit.
template <class T> void record(const T &object, std::vector<Number> &numbers) {
  visit(object, [&](auto &leaf) {
    using Leaf = std::remove_cv_t<std::remove_reference_t<decltype(leaf)>>;
    if constexpr (std::is_same_v<Leaf, Size>)
      numbers.push_back(leaf.size);
    else if constexpr (std::is_arithmetic_v<Leaf> || std::is_enum_v<Leaf>)
      numbers.push_back(Number(leaf));
    else if constexpr (std::is_pointer_v<Leaf>)
      numbers.push_back(leaf != nullptr);
  });
}

} // namespace harness

#endif // ADGEN_TEST_HARNESS_LEAVES_H
