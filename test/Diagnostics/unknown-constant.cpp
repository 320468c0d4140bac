// RUN: not adgen %s 2>&1 | FileCheck %s
// A constant whose value Clang does not know is refused.
#include <cmath>
extern const double external;
const double computed = std::tgamma(0.3);
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: the value of constant 'external' is not known at compile time [adgen-unknown-constant]
double f(double x) { return external * x; }
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: the value of constant 'computed' is not known at compile time [adgen-unknown-constant]
double g(double x) { return computed * x; }
