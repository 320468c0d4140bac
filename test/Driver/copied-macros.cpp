// RUN: rm -rf %t && mkdir %t && cd %t && adgen %s --function f -- -DFLAG=2.0 && FileCheck %s < copied-macros_grad.cpp
// Copied constants bring the macros and functions that they use; a macro with two values is refused.
// RUN: FileCheck %s --check-prefix=HEADER < %t/copied-macros_grad.h
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror -fsyntax-only %t/copied-macros_grad.cpp
// RUN: not adgen %s --function g -- -DFLAG=2.0 2>&1 | FileCheck %s --check-prefix=TWICE

// CHECK: #define FLAG 2.0
// CHECK: using namespace std;
// CHECK: constexpr double square(double v) { return v * v; }
// CHECK: template <class T> constexpr T pi_v = T(3.14159265358979L);
// CHECK: using T = double;
// CHECK: constexpr double base = FLAG * numeric_limits<T>::digits;
// CHECK: static constexpr double k = square(base) * pi_v<T>;
// HEADER: #define START 7.5
// HEADER: f_gradient f_grad(double x, double y = START, double seed = 1.0);
// HEADER-NOT: using
// TWICE: copied-macros.cpp:[[# @LINE + 14]]:9: error: macro 'VALUE' has several values, and declarations that the derivative copies use more than one [adgen-macro-redefined]
#include <cmath>
#include <limits>
using namespace std;
constexpr double square(double v) { return v * v; }
template <class T> constexpr T pi_v = T(3.14159265358979L);
using T = double;
constexpr double base = FLAG * numeric_limits<T>::digits;
static constexpr double k = square(base) * pi_v<T>;
#define START 7.5
double f(double x, double y = START) { return k * x * x * y; }
#define VALUE 2
const double first = VALUE;
#undef VALUE
#define VALUE 3
const double second = VALUE;
double g(double x) { return first * x * x + second * x; }
