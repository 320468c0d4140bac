// RUN: not adgen %s --function order -o - 2>&1 | FileCheck %s --check-prefix=ORDER
// A parameter without a closed derivative is refused where it is active, and stays a constant where it is not.
// RUN: not adgen %s --function zeta -o - 2>&1 | FileCheck %s --check-prefix=ZETA
// RUN: adgen %s --function order --inactive nu -o - | FileCheck %s --check-prefix=INACTIVE
#include <cmath>

// ORDER: no-partial.cpp:[[@LINE+3]]:50: error: the derivative of 'std::cyl_bessel_k' with respect to its argument 1 has no closed form [adgen-no-partial]
// INACTIVE: order_grad(double nu, double x, double seed = 1.0)
// INACTIVE: nu * std::cyl_bessel_k(nu, x) / x
double order(double nu, double x) { return 2.0 * std::cyl_bessel_k(nu, x); }

// ZETA: no-partial.cpp:[[@LINE+1]]:{{.*}} 'std::riemann_zeta' with respect to its argument 1 has no closed form
double zeta(double x) { return std::riemann_zeta(x); }
