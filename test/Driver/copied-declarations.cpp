// RUN: rm -rf %t && mkdir %t && cd %t && adgen %s --wrt x && FileCheck %s --check-prefix=SOURCE < copied-declarations_grad.cpp
// What the derivative uses of the file is copied unchanged, with what that needs; nothing else is.
// RUN: FileCheck %s --check-prefix=HEADER < %t/copied-declarations_grad.h
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror -fsyntax-only %t/copied-declarations_grad.cpp
// RUN: echo '#include "copied-declarations_grad.h"' > %t/alone.cpp && %clangxx -std=c++17 -Wall -Wextra -Werror -fsyntax-only %t/alone.cpp

// SOURCE: #define UNIT (2 * 0.5)
// SOURCE-NOT: unused
// SOURCE: namespace units {
// SOURCE-NEXT: constexpr double scale = 3 * UNIT;
// SOURCE: constexpr double gravity = 9.81 * units::scale;
// SOURCE-NOT: Kind {
// HEADER: namespace units {
// HEADER-NEXT: #ifndef [[GUARD:ADGEN_UNITS_KIND_[0-9A-F]+]]
// HEADER-NEXT: #define [[GUARD]]
// HEADER-NEXT: enum class Kind { Falling, Flying };
// HEADER-NEXT: #endif
// HEADER: using Real = double;
// HEADER-NOT: constexpr
#include <cmath>
#define UNIT (2 * 0.5)
namespace units {
constexpr double scale = 3 * UNIT;
enum class Kind { Falling, Flying };
using Real = double;
} // namespace units
constexpr double gravity = 9.81 * units::scale, unused = 1;
units::Real height(units::Real x, units::Kind kind = units::Kind::Falling) {
  return (kind == units::Kind::Falling ? gravity * x * x : gravity * x) + unused;
}
