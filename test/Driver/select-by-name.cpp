// RUN: adgen %s --function "outer::inner::f, ::g" -o - | FileCheck %s
// Functions are named from the global namespace, through aliases and inline namespaces too; one may be in a header.
// RUN: adgen %s --function brief::f -o - | FileCheck %s --check-prefix=ALIAS
// RUN: not adgen %s --function f 2>&1 | FileCheck %s --check-prefix=UNQUALIFIED
// RUN: not adgen %s --function outer::versoined 2>&1 | FileCheck %s --check-prefix=MISSPELLED
// RUN: not adgen %s --function declared 2>&1 | FileCheck %s --check-prefix=DECLARED
// RUN: not adgen %s --function text 2>&1 | FileCheck %s --check-prefix=TEXT
// RUN: adgen %s --function square -o - | FileCheck %s --check-prefix=HEADER

// CHECK: adgen select-by-name.cpp --function outer::inner::f,::g
// CHECK: f_grad
// CHECK: g_grad
// ALIAS: f_grad
// UNQUALIFIED: error: no function is named 'f'; did you mean 'outer::inner::f'? [adgen-no-such-function]
// MISSPELLED: error: no function is named 'outer::versoined'; did you mean 'outer::versioned'? [adgen-no-such-function]
// DECLARED: select-by-name.cpp:[[# @LINE + 11]]:8: error: function 'declared(double)' is not defined in this translation unit [adgen-no-definition]
// TEXT: error: 'text' has nothing to differentiate: it computes no real number [adgen-nothing-to-differentiate]
// HEADER: Adjoint of square (square.cpp:1)
#include "Inputs/square.cpp"
namespace outer {
namespace inner {
double f(double x) { return x * x; }
} // namespace inner
inline namespace v1 { double versioned(double x) { return x; } }
} // namespace outer
namespace brief = outer::inner;
double declared(double x);
double g(double x) { return x; }
int text(double x) { return int(x); }
