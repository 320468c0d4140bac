// RUN: adgen %s -o - | FileCheck %s
// Annotated functions go before the rest; each annotation is one derivative, by its parameters.
// RUN: adgen %s --mode forward --wrt y --function other -o - | FileCheck %s --check-prefix=NAMED
// RUN: %gxx -std=c++17 -Wall -Wextra -Wpedantic -Werror -I %source-root/include -fsyntax-only %s

// CHECK-NOT: other
// CHECK: double scaled_grad(double, double y, double seed = 1{{(\.0)?}}) {
// CHECK-NOT: other
// CHECK: moved_gradient moved_grad(double{{( x)?}}, double{{( y)?}}, double{{( k)?}}, double seed = 1{{(\.0)?}}) {
// CHECK: moved_dual moved_jvp(double x, double y, double k, double x_dot, double y_dot) {
// CHECK-NOT: other
// NAMED-NOT: scaled
// NAMED: other_dual other_jvp
#include <adgen/adgen.h>
ADGEN_GRAD("x") double scaled(double x, double y) { return x * y; }
ADGEN_GRAD() ADGEN_JVP("x", "y") double moved(double x, double y, ADGEN_INACTIVE double k);
double moved(double x, double y, double k) { return x + k * y; }
double other(double x, double y) { return x * y; }
