// What checks a derivative, the same for every function; what is checked stands
// at the end of the file. Standard C++17 and nothing else.
//
// A function is a map from its inputs (the numbers in the parameters that the
// derivative is taken by, and in what the function may write) to its outputs
// (the numbers in its result, and in what it may write). With x the inputs, y =
// f(x), J the matrix of derivatives, and weights w on the outputs, f_grad
// computes Jᵀw and f_jvp Jv. Three verdicts, none of which knows how the
// derivative was made:
//
//   differences   Jᵀw against central differences of ⟨w, f(x)⟩, an element at a
//   time dot product   ⟨Jv, w⟩ = ⟨v, Jᵀw⟩ for random v and w Taylor        |⟨w,
//   f(x + hv) - f(x)⟩ - h ⟨Jᵀw, v⟩| falls like h²
//
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>
#if __cplusplus >= 202002L
#include <span>
#endif

namespace adgen {

using Number = long double;
using Vector = std::vector<Number>;

//===----------------------------------------------------------------------===//
// What arguments consist of
//===----------------------------------------------------------------------===//

/// The members of a class: calls f("x", object.x), or f("x", object.x, false)
/// for one that is inactive. Specialized for each class of the parameters.
template <class T> struct Members;

/// An object of a class; specialized for those without a default constructor.
template <class T> struct Made {
  static T make() { return T(); }
};

/// The values of an enumeration, to draw one from.
template <class T> struct Enumerators {
  static std::vector<int> values() { return {0}; }
};

/// The result of a function that returns nothing to differentiate.
struct Nothing {};
template <> struct Members<Nothing> {
  template <class F> static void each(Nothing &, F &&) {}
};

/// What a parameter is to the derivative.
enum class Role {
  /// It has no derivative, or none is asked for.
  Constant,
  /// Its adjoint is returned.
  Value,
  /// What it refers to is read: its adjoint is added to.
  Read,
  /// The function may write it: an input and an output.
  Written,
};

template <class T> struct IsVector : std::false_type {};
template <class T> struct IsVector<std::vector<T>> : std::true_type {};
template <class T> struct IsFixed : std::is_array<T> {};
template <class T, std::size_t N>
struct IsFixed<std::array<T, N>> : std::true_type {};
template <class T> struct IsPair : std::false_type {};
template <class T, class U> struct IsPair<std::pair<T, U>> : std::true_type {};
template <class T> struct IsTuple : std::false_type {};
template <class... T> struct IsTuple<std::tuple<T...>> : std::true_type {};
template <class T> struct IsSpan : std::false_type {};
#if __cplusplus >= 202002L
template <class T, std::size_t N>
struct IsSpan<std::span<T, N>> : std::true_type {};
#endif

/// A pointer or a span: what it leads to belongs to a `Memory`.
template <class T>
constexpr bool isView = std::is_pointer_v<T> || IsSpan<T>::value;
template <class T>
constexpr bool isSequence =
    isView<T> || IsVector<T>::value || IsFixed<T>::value;
template <class T>
constexpr bool isNumber = std::is_arithmetic_v<T> || std::is_enum_v<T>;

template <class T> void assign(T &to, const T &from) { to = from; }
template <class T, std::size_t N> void assign(T (&to)[N], const T (&from)[N]) {
  for (std::size_t i = 0; i < N; ++i)
    assign(to[i], from[i]);
}

/// Owns the arrays that pointers and spans lead to. Each has so many elements
/// and no more, so that a sanitizer sees what is read beyond.
class Memory {
public:
  Memory() = default;
  Memory(const Memory &) = delete;
  ~Memory() {
    for (auto &[array, size, destroy] : arrays) {
      sizes().erase(array);
      destroy(array, size);
    }
  }
  template <class T> T *allocate(std::size_t size) {
    T *array;
    if constexpr (std::is_array_v<T> || std::is_default_constructible_v<T>) {
      array = new T[size]();
      arrays.emplace_back(array, size, [](void *p, std::size_t) {
        delete[] static_cast<T *>(p);
      });
    } else {
      array = std::allocator<T>().allocate(size);
      std::uninitialized_fill_n(array, size, Made<T>::make());
      arrays.emplace_back(array, size, [](void *p, std::size_t n) {
        std::destroy_n(static_cast<T *>(p), n);
        std::allocator<T>().deallocate(static_cast<T *>(p), n);
      });
    }
    sizes()[array] = size;
    return array;
  }
  /// How many elements the array has; none if it is nobody's.
  static std::size_t sizeOf(const void *array) {
    auto found = sizes().find(array);
    return found == sizes().end() ? 0 : found->second;
  }

private:
  static std::unordered_map<const void *, std::size_t> &sizes() {
    static std::unordered_map<const void *, std::size_t> sizes;
    return sizes;
  }
  std::vector<std::tuple<void *, std::size_t, void (*)(void *, std::size_t)>>
      arrays;
};

/// The elements of a view, which are written even if the view does not let one.
template <class T> auto elementsOf(T &view) {
  using Element =
      std::remove_reference_t<decltype(*std::declval<T &>().data())>;
  return std::pair(const_cast<std::remove_const_t<Element> *>(view.data()),
                   view.size());
}
template <class T> auto elementsOf(T *&pointer) {
  return std::pair(const_cast<std::remove_const_t<T> *>(pointer),
                   Memory::sizeOf(pointer));
}
/// Lets a view lead to `size` new elements.
template <class T> void allocate(T &view, std::size_t size, Memory &memory) {
  using Element = std::remove_pointer_t<decltype(elementsOf(view).first)>;
  if constexpr (std::is_pointer_v<T>)
    view = memory.allocate<Element>(size);
  else
    view = T(memory.allocate<Element>(size), size);
}

/// Where something stands: a parameter, a member or an element of what is
/// around it.
struct Path {
  const Path *parent;
  const char *name;
  std::size_t index;
  /// Whether derivatives are those by the numbers here, too.
  bool isActive;

  explicit Path(const char *name)
      : parent(nullptr), name(name), index(0), isActive(true) {}
  Path(const Path &parent, const char *name, bool isActive)
      : parent(&parent), name(name), index(0),
        isActive(parent.isActive && isActive) {}
  Path(const Path &parent, std::size_t index)
      : parent(&parent), name(nullptr), index(index),
        isActive(parent.isActive) {}

  std::string text() const {
    if (!parent)
      return name;
    return parent->text() +
           (name ? std::string(".") + name : "[" + std::to_string(index) + "]");
  }
};

/// Calls f(path, part) with the direct parts of an object that is not a number.
template <class T, class F> void eachPart(const Path &path, T &object, F &&f) {
  if constexpr (isView<T>) {
    auto [elements, size] = elementsOf(object);
    for (std::size_t i = 0; i < size; ++i)
      f(Path(path, i), elements[i]);
  } else if constexpr (isSequence<T>) {
    std::size_t i = 0;
    for (auto &element : object)
      f(Path(path, i++), element);
  } else if constexpr (IsPair<T>::value) {
    f(Path(path, "first", true), object.first);
    f(Path(path, "second", true), object.second);
  } else if constexpr (IsTuple<T>::value) {
    std::size_t i = 0;
    std::apply([&](auto &...element) { (f(Path(path, i++), element), ...); },
               object);
  } else {
    Members<T>::each(object,
                     [&](const char *name, auto &member, bool isActive = true) {
                       f(Path(path, name, isActive), member);
                     });
  }
}

/// Calls f(path, x) with each floating number x in the object that is not
/// inactive.
template <class T, class F> void eachReal(const Path &path, T &object, F &&f) {
  if constexpr (std::is_floating_point_v<T>) {
    if (path.isActive)
      f(path, object);
  } else if constexpr (!isNumber<T>)
    eachPart(path, object,
             [&](const Path &place, auto &part) { eachReal(place, part, f); });
}

/// Gives a copy of arguments arrays of its own.
template <class T> void detach(const Path &path, T &object, Memory &memory) {
  if constexpr (isView<T>) {
    auto [from, size] = elementsOf(object);
    if (size == 0 && std::is_pointer_v<T>)
      return;
    allocate(object, size, memory);
    for (std::size_t i = 0; i < size; ++i)
      assign(elementsOf(object).first[i], from[i]);
  }
  if constexpr (!isNumber<T>)
    eachPart(path, object, [&](const Path &place, auto &part) {
      detach(place, part, memory);
    });
}

/// Arguments of a call, with all that they lead to.
template <class Arguments> class Owned {
public:
  Owned() = default;
  explicit Owned(const Owned &other) : object(other.object) {
    object.each([&](const char *name, Role, auto &argument) {
      detach(Path(name), argument, memory);
    });
  }
  Arguments object{};
  Memory memory;
};

//===----------------------------------------------------------------------===//
// Points
//===----------------------------------------------------------------------===//

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): the same numbers
/// everywhere.
class Random {
public:
  explicit Random(std::uint64_t seed) : state(seed) {}
  std::uint64_t bits() {
    std::uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  /// Between low and high.
  Number uniform(Number low, Number high) {
    return low + (high - low) * Number(bits() >> 11) / 9007199254740992.0L;
  }
  /// From 1/2 to 1, of either sign.
  Number direction() {
    Number size = uniform(0.5L, 1);
    return bits() & 1 ? size : -size;
  }

private:
  std::uint64_t state;
};

/// What is fixed at every point: `x[3] = 1.5`, `x` has 8 elements.
struct Settings {
  std::map<std::string, Number> values;
  std::map<std::string, std::vector<std::size_t>> sizes;
  /// Those that named something.
  std::map<std::string, bool> used;
};

/// Fills in the arguments of one point. Integers that are not set are 5. With k
/// integers, the largest of which is n, what a pointer leads to has n², or n³
/// for k > 2, elements, since a product of them may be its size; so have
/// vectors and spans. Without integers these have 5 elements: the function asks
/// them for it. Rows in rows are n by n. Integers in arrays are 0, 1, … n - 1,
/// 0, …: indices.
class Filler {
public:
  Filler(Settings &settings, Random &random, Number low, Number high)
      : settings(settings), random(random), low(low), high(high) {}

  template <class Arguments> void fill(Owned<Arguments> &arguments) {
    memory = &arguments.memory;
    arguments.object.each([&](const char *name, Role, auto &object) {
      findIntegers(Path(name), object);
    });
    elements = largest * largest * (integers > 2 ? largest : 1);
    elements = std::max(largest, std::min(elements, most));
    arguments.object.each([&](const char *name, Role, auto &object) {
      fill(Path(name), object, 0);
    });
  }

private:
  /// Those that are parameters, or members of objects that are.
  template <class T> void findIntegers(const Path &path, T &object) {
    if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
      Number value = draw<T>(path, 0);
      set(path, value);
      largest =
          integers++ ? std::max(largest, sizeFrom(value)) : sizeFrom(value);
    } else if constexpr (!isNumber<T> && !isSequence<T>) {
      eachPart(path, object, [&](const Path &place, auto &part) {
        findIntegers(place, part);
      });
    }
  }
  static std::size_t sizeFrom(Number value) {
    return value > 0 ? std::size_t(value) : 0;
  }

  /// `depth`: how many sequences the object stands in.
  template <class T> void fill(const Path &path, T &object, unsigned depth) {
    if constexpr (isNumber<T>) {
      Number value = draw<T>(path, depth);
      set(path, value);
      object = convert<T>(value);
    } else {
      if constexpr (isView<T>)
        allocate(object, sizeOf(path, usualSize<T>(depth)), *memory);
      else if constexpr (IsVector<T>::value)
        object.resize(
            sizeOf(path, object.empty() ? usualSize<T>(depth) : object.size()),
            Made<typename T::value_type>::make());
      else if constexpr (isSequence<T>)
        sizeOf(path, 0);
      eachPart(path, object, [&](const Path &place, auto &part) {
        fill(place, part, depth + isSequence<T>);
      });
    }
  }

  template <class T> static T convert(Number value) {
    if constexpr (std::is_enum_v<T>)
      return static_cast<T>(static_cast<std::underlying_type_t<T>>(value));
    else
      return static_cast<T>(value);
  }

  template <class T> Number draw(const Path &path, unsigned depth) {
    if (std::is_floating_point_v<T>)
      return random.uniform(low, high);
    if (std::is_same_v<T, bool>)
      return Number(random.bits() & 1);
    if constexpr (std::is_enum_v<T>) {
      const std::vector<int> values = Enumerators<T>::values();
      return values.empty() ? 0 : Number(values[random.bits() % values.size()]);
    }
    const Path *place = &path;
    while (place->name && place->parent)
      place = place->parent;
    return depth == 0
               ? 5
               : Number(place->index % std::max<std::size_t>(largest, 1));
  }

  void set(const Path &path, Number &value) {
    if (settings.values.empty())
      return;
    std::string name = path.text();
    auto found = settings.values.find(name);
    if (found == settings.values.end())
      return;
    value = found->second;
    settings.used[name] = true;
  }

  template <class T> std::size_t usualSize(unsigned depth) const {
    using Element =
        std::remove_pointer_t<decltype(elementsOf(std::declval<T &>()).first)>;
    if (depth > 0 || isView<Element> || IsVector<Element>::value)
      return largest;
    return std::is_pointer_v<T> || integers > 0 ? elements : largest;
  }

  /// `A[3][4]`: three elements, and four in each of these.
  std::size_t sizeOf(const Path &path, std::size_t usual) {
    std::string name = path.text();
    for (std::size_t inner = 0;; ++inner) {
      auto found = settings.sizes.find(name);
      if (found != settings.sizes.end() && inner < found->second.size()) {
        settings.used[name] = true;
        return found->second[inner];
      }
      if (name.back() != ']')
        return usual;
      name.resize(name.rfind('['));
    }
  }

  static constexpr std::size_t most = 65536;
  Settings &settings;
  Random &random;
  Number low, high;
  Memory *memory = nullptr;
  unsigned integers = 0;
  std::size_t largest = 5, elements = 25;
};
