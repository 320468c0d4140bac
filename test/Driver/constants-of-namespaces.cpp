// RUN: mkdir -p %t && adgen %s --function f,g --mode reverse,forward -o %t/f_grad.cpp
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror -fsyntax-only %t/f_grad.cpp
// RUN: FileCheck %s < %t/f_grad.cpp
// Of constants with one name those are copied that the derivatives mention.
#include <cmath>
// CHECK: factor = 0.75
// CHECK-NOT: factor = 0.5
// CHECK: scale = 3
// CHECK: factor = 0.25
namespace a {
static const double factor = 0.75;
static double h(double x) { return factor * std::sin(x); }
} // namespace a
namespace b {
static const double factor = 0.5;
static double h(double x) { return factor * std::sin(x); }
} // namespace b
namespace c {
static const double scale = 3;
namespace d {
static const double factor = 0.25;
static double h(double x) { return scale * factor * std::cos(x); }
} // namespace d
} // namespace c
double f(double x) {
  b::h(x);
  return a::h(x) * x;
}
using namespace c;
double g(double x) { return d::h(x) * x * d::factor * scale; }
