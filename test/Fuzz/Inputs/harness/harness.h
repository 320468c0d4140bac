// What the program of a batch (Inputs/generator/batch.py writes it) tells the checks of harness.cpp.
//
// The arguments of a random function, and what it returns, are the members of a struct that is written
// twice, with numbers and with dual numbers. Its `Leaves` are the numbers in it, in one order. All that
// is checked goes through them, so that the checks are compiled once and know no types.
#ifndef ADGEN_FUZZ_HARNESS_H
#define ADGEN_FUZZ_HARNESS_H

#include "dual.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <iterator>
#include <limits>
#include <memory>
#include <numeric>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace fuzz {

/// Sets numbers to zero, whatever holds them.
template <class T> void clear(T &x) {
  if constexpr (std::is_arithmetic_v<T>)
    x = 0;
  else if constexpr (isDual<T>)
    x = T(0);
  else if constexpr (requires { clearOf(x); })
    clearOf(x);
  else
    for (auto &element : x)
      clear(element);
}

enum class Kind : unsigned char { Int, Float, Double, Long, DualFloat, DualDouble, DualLong };

/// One number of an argument or result.
struct Leaf {
  void *at;
  Kind kind;
  /// Part of an argument by value: the caller sees nothing of what becomes of it.
  bool byValue;
  /// Between two arrays: nobody may touch it.
  bool isGap;
  /// Part of an argument that no derivative is asked for.
  bool isPassive;
};

struct Leaves {
  std::vector<Leaf> list;
  bool byValue = false;
  bool isGap = false;
  bool isPassive = false;

  void add(void *at, Kind kind) { list.push_back({at, kind, byValue, isGap, isPassive}); }
  void operator()(int &x) { add(&x, Kind::Int); }
  void operator()(float &x) { add(&x, Kind::Float); }
  void operator()(double &x) { add(&x, Kind::Double); }
  void operator()(long double &x) { add(&x, Kind::Long); }
  void operator()(Dual<float> &x) { add(&x, Kind::DualFloat); }
  void operator()(Dual<double> &x) { add(&x, Kind::DualDouble); }
  void operator()(Dual<long double> &x) { add(&x, Kind::DualLong); }
  template <class T> void operator()(Inert<T> &x) { (*this)(static_cast<Dual<T> &>(x)); }
  /// What is marked inactive.
  template <class T> void passive(T &x) {
    const bool before = isPassive;
    isPassive = true;
    (*this)(x);
    isPassive = before;
  }
  template <class T, std::size_t n> void operator()(T (&x)[n]) {
    for (T &element : x)
      (*this)(element);
  }
  template <class T, std::size_t n> void operator()(std::array<T, n> &x) {
    for (T &element : x)
      (*this)(element);
  }
  template <class T> void operator()(std::vector<T> &x) {
    for (T &element : x)
      (*this)(element);
  }
  /// A struct of the program: its own list of members.
  template <class T> auto operator()(T &x) -> decltype(leavesOf(x, *this)) {
    return leavesOf(x, *this);
  }
};

/// The arguments and the result of one function.
struct Call {
  /// Whether `grad` has set the result, too.
  bool hasValue = false;
  virtual ~Call() = default;
  virtual Call *clone() const = 0;
  /// Sets sizes, integers and where pointers point.
  virtual void shape(const int *numbers) = 0;
  virtual void arguments(Leaves &) = 0;
  virtual void result(Leaves &) = 0;
  virtual void run() = 0;
  /// Calls f_grad with these arguments. `bar` holds adjoints, and in its result the seed.
  virtual void grad(Call &) {}
  /// Calls f_jvp with these arguments. `dot` holds tangents, and takes the result's.
  virtual void jvp(Call &) {}
};

struct Program {
  const char *name;
  Call *(*plain)();
  Call *(*dual)();
  /// For each point, the seed of its numbers and the integers of `shape`.
  std::vector<std::vector<int>> points;
};

int check(int argc, char **argv, const std::vector<Program> &programs);

} // namespace fuzz

#endif // ADGEN_FUZZ_HARNESS_H
