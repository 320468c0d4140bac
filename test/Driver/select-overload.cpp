// RUN: adgen %s --function "f(double, int),f(float const)" -o - | FileCheck %s
// Overloads are told apart by their parameter types; without them the candidates are listed.
// RUN: not adgen %s --function f 2>&1 | FileCheck %s --check-prefix=AMBIGUOUS
// RUN: not adgen %s --function "f(long)" 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: adgen %s --function "shapes::g(Unit, shapes::Kind)" -o - | FileCheck %s --check-prefix=NAMED

// CHECK: adgen select-overload.cpp --function 'f(double, int),f(float const)'
// CHECK: double f_grad(double{{( x)?}}, int n, double seed = 1{{(\.0)?}})
// CHECK: float f_grad(float x, float seed = 1{{(\.0f?)?}})
// AMBIGUOUS: error: 'f' names several functions; add the types of the parameters, as in --function 'f(double, int)' [adgen-ambiguous-function]
// AMBIGUOUS: select-overload.cpp:[[# @LINE + 4]]:8: note: candidate 'f(double, int)'
// AMBIGUOUS: select-overload.cpp:[[# @LINE + 4]]:7: note: candidate 'f(float)'
// NONE: error: no function that is named like this matches 'f(long)' [adgen-no-matching-function]
// NAMED: g_grad
double f(double x, int n) { return x * n; }
float f(float x) { return x * x; }
namespace shapes {
using Unit = double;
enum class Kind { Round, Square };
double g(Unit x, Kind k) { return k == Kind::Round ? x : x * x; }
double g(Unit x, int k) { return k * x; }
} // namespace shapes
