// What checks a derivative, the same for every function; what is checked stands at
// the end of the file. Standard C++17 and nothing else.
//
// A function is a map from its inputs (the numbers in the parameters that the
// derivative is taken by, and in what the function may write) to its outputs (the
// numbers in its result, and in what it may write). With x the inputs, y = f(x),
// J the matrix of derivatives, and weights w on the outputs, f_grad computes Jᵀw
// and f_jvp Jv. Three verdicts, none of which knows how the derivative was made:
//
//   differences   Jᵀw against central differences of ⟨w, f(x)⟩, an element at a time
//   dot product   ⟨Jv, w⟩ = ⟨v, Jᵀw⟩ for random v and w
//   Taylor        |⟨w, f(x + hv) - f(x)⟩ - h ⟨Jᵀw, v⟩| falls like h²
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
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace adgen {

using Number = long double;
using Vector = std::vector<Number>;

//===----------------------------------------------------------------------===//
// What arguments consist of
//===----------------------------------------------------------------------===//

template <class T> void assign(T &to, const T &from) { to = from; }
template <class T, std::size_t N> void assign(T (&to)[N], const T (&from)[N]) {
  for (std::size_t i = 0; i < N; ++i)
    assign(to[i], from[i]);
}

/// What a pointer or a span points to: so many objects and no more, so that a
/// sanitizer sees what is read beyond.
template <class T> class Array {
public:
  Array() = default;
  Array(const Array &other) { *this = other; }
  Array &operator=(const Array &other) {
    if (this == &other)
      return *this;
    if (count != other.count || !objects)
      resize(other.count);
    for (std::size_t i = 0; i < count; ++i)
      assign(objects[i], other.objects[i]);
    return *this;
  }
  ~Array() { delete[] objects; }

  void resize(std::size_t size) {
    delete[] objects;
    objects = new T[size]();
    count = size;
  }
  T *data() { return objects; }
  std::size_t size() const { return count; }
  T *begin() { return objects; }
  T *end() { return objects + count; }

private:
  T *objects = nullptr;
  std::size_t count = 0;
};

/// The members of a class, by name; specialized for each class of the parameters.
template <class T> struct Members;

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

template <class T> struct IsArray : std::false_type {};
template <class T> struct IsArray<Array<T>> : std::true_type {};
template <class T> struct IsVector : std::false_type {};
template <class T> struct IsVector<std::vector<T>> : std::true_type {};
template <class T> struct IsFixed : std::is_array<T> {};
template <class T, std::size_t N>
struct IsFixed<std::array<T, N>> : std::true_type {};
template <class T> struct IsPair : std::false_type {};
template <class T, class U>
struct IsPair<std::pair<T, U>> : std::true_type {};

template <class T>
constexpr bool isSequence =
    IsArray<T>::value || IsVector<T>::value || IsFixed<T>::value;
template <class T>
constexpr bool isNumber = std::is_arithmetic_v<T> || std::is_enum_v<T>;

/// Where something stands: a parameter, a member or an element of what is around it.
struct Path {
  const Path *parent;
  const char *name;
  std::size_t index;

  explicit Path(const char *name) : parent(nullptr), name(name), index(0) {}
  Path(const Path &parent, const char *name)
      : parent(&parent), name(name), index(0) {}
  Path(const Path &parent, std::size_t index)
      : parent(&parent), name(nullptr), index(index) {}

  std::string text() const {
    if (!parent)
      return name;
    return parent->text() +
           (name ? std::string(".") + name : "[" + std::to_string(index) + "]");
  }
};

/// Calls f(path, part) with the direct parts of an object that is not a number.
template <class T, class F>
void eachPart(const Path &path, T &object, F &&f) {
  if constexpr (isSequence<T>) {
    std::size_t i = 0;
    for (auto &element : object)
      f(Path(path, i++), element);
  } else if constexpr (IsPair<T>::value) {
    f(Path(path, "first"), object.first);
    f(Path(path, "second"), object.second);
  } else {
    Members<T>::each(object, [&](const char *name, auto &member) {
      f(Path(path, name), member);
    });
  }
}

/// Calls f(path, x) with each floating number x in the object.
template <class T, class F>
void eachReal(const Path &path, T &object, F &&f) {
  if constexpr (std::is_floating_point_v<T>)
    f(path, object);
  else if constexpr (!isNumber<T>)
    eachPart(path, object,
             [&](const Path &place, auto &part) { eachReal(place, part, f); });
}

//===----------------------------------------------------------------------===//
// Points
//===----------------------------------------------------------------------===//

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): the same numbers everywhere.
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
/// integer parameters, the largest of which is n, an array has n², or n³ for k > 2,
/// elements, since any product of them may be its size; a vector has n, since
/// functions ask it for its own. Integers in arrays are 0, 1, … n - 1, 0, …: indices.
class Filler {
public:
  Filler(Settings &settings, Random &random, Number low, Number high)
      : settings(settings), random(random), low(low), high(high) {}

  template <class Arguments> void fill(Arguments &arguments) {
    unsigned integers = 0;
    arguments.each([&](const char *name, Role, auto &object) {
      using T = std::remove_reference_t<decltype(object)>;
      if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
        fill(Path(name), object, 0);
        std::size_t size = object > 0 ? std::size_t(object) : 0;
        largest = integers++ ? std::max(largest, size) : size;
      }
    });
    elements = largest * largest * (integers > 2 ? largest : 1);
    elements = std::max(largest, std::min(elements, most));
    arguments.each([&](const char *name, Role, auto &object) {
      fill(Path(name), object, 0);
    });
  }

private:
  /// `depth`: how many sequences the object stands in.
  template <class T> void fill(const Path &path, T &object, unsigned depth) {
    if constexpr (isNumber<T>) {
      Number value = draw<T>(path, depth);
      set(path, value);
      object = static_cast<T>(value);
    } else {
      if constexpr (IsArray<T>::value || IsVector<T>::value)
        object.resize(sizeOf(path, IsVector<T>::value, depth, object.size()));
      eachPart(path, object, [&](const Path &place, auto &part) {
        fill(place, part, depth + isSequence<T>);
      });
    }
  }

  template <class T> Number draw(const Path &path, unsigned depth) {
    if (std::is_floating_point_v<T>)
      return random.uniform(low, high);
    if (std::is_same_v<T, bool>)
      return Number(random.bits() & 1);
    if (std::is_enum_v<T>)
      return 0;
    const Path *place = &path;
    while (place->name && place->parent)
      place = place->parent;
    return depth == 0 ? 5 : Number(place->index % std::max<std::size_t>(largest, 1));
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

  /// `A[3][4]`: three elements, and four in each of these.
  std::size_t sizeOf(const Path &path, bool isVector, unsigned depth,
                     std::size_t present) {
    std::string name = path.text();
    unsigned inner = 0;
    while (true) {
      auto found = settings.sizes.find(name);
      if (found != settings.sizes.end() && inner < found->second.size()) {
        settings.used[name] = true;
        return found->second[inner];
      }
      if (name.back() != ']')
        break;
      name.resize(name.rfind('['));
      ++inner;
    }
    // What a constructor has made stays.
    if (present > 0)
      return present;
    return isVector || depth > 0 ? largest : elements;
  }

  static constexpr std::size_t most = 65536;
  Settings &settings;
  Random &random;
  Number low, high;
  std::size_t largest = 5, elements = 25;
};

