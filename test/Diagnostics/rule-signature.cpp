// RUN: not adgen %s --function f 2>&1 | FileCheck %s --implicit-check-not=error:
// A hand-written derivative that does not fit its function is an error that prints the signature that is needed.

// CHECK: rule-signature.cpp:[[# @LINE + 16]]:31: error: 'g_grad' does not have the signature of a derivative of 'g'; the full one is 'struct g_gradient { double x; double y; }; g_gradient g_grad(double x, double y, double seed)' [adgen-rule-signature]
// CHECK: rule-signature.cpp:[[# @LINE + 10]]:8: note: it is to be the derivative of this
// CHECK: error: 'h_grad' does not have the signature of a derivative of 'h'; the full one is 'void h_grad(const double *a, double &b, double *a_bar, double &b_bar)' [adgen-rule-signature]
// CHECK: error: 'h_grad' does not have the signature of a derivative of 'h'
// CHECK: error: 'h_jvp' does not have the signature of a derivative of 'h'; the full one is 'void h_jvp(const double *a, double &b, const double *a_dot, double &b_dot)' [adgen-rule-signature]
// CHECK: error: 'k_jvp' does not have the signature of a derivative of 'k'; the full one is 'struct k_dual { double value; double dot; }; k_dual k_jvp(double x, double x_dot)' [adgen-rule-signature]
#include <adgen/adgen.h>
struct Pair {
  double x, y;
};

double g(double x, double y);
void h(const double *a, double &b);
double k(double x);

// Which of the two parameters the number belongs to cannot be seen.
ADGEN_DERIVATIVE_OF(g) double g_grad(double x, double y, double seed);
// Adjoints in another order; none of what is written.
ADGEN_DERIVATIVE_OF(h) void h_grad(const double *a, double &b, double &b_bar, double *a_bar);
ADGEN_DERIVATIVE_OF(h) void h_grad(const double *a, double &b, double *a_bar);
ADGEN_DERIVATIVE_OF(h) void h_jvp(const double *a, double &b, const double *a_dot, double b_dot);
ADGEN_DERIVATIVE_OF(k) Pair k_jvp(double x, double x_dot);
double f(double x) { return x * x; }
