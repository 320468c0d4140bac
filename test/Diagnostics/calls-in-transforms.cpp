// RUN: not adgen %s --function f,g,h,k,m --wrt x 2>&1 | FileCheck %s --check-prefix=ALL
// What differentiation refuses in a callee is shown with the calls that lead there from the requested
// function: also if the callee was put in place of its call, by the very call that is at fault.
// RUN: not adgen %s --function f --wrt x 2>&1 | FileCheck %s
// RUN: not adgen %s --function f --wrt x --mode forward 2>&1 | FileCheck %s
// RUN: not adgen %s --function g --wrt x 2>&1 | FileCheck %s --check-prefix=VALUES
// RUN: not adgen %s --function g --wrt x --mode forward 2>&1 | FileCheck %s --check-prefix=VALUES
// RUN: not adgen %s --function h --wrt x 2>&1 | FileCheck %s --check-prefix=METHOD
// RUN: not adgen %s --function k --wrt x 2>&1 | FileCheck %s --check-prefix=LAMBDA
// RUN: not adgen %s --function m --wrt x 2>&1 | FileCheck %s --check-prefix=NONE
#include <cmath>

// CHECK: :[[@LINE+2]]:{{[0-9]+}}: error: the derivative needs the shadow of what this points to, which is not known [adgen-unknown-shadow]
static double pick(const double *x, const double *w, bool c, int i) {
  const double *p = c ? x : w;
  return p[i] * p[i];
}
// CHECK: :[[@LINE+4]]:10: note: in the call of 'pick' from 'both'
// CHECK: :[[@LINE+6]]:10: note: in the call of 'both' from 'f'
static double both(const double *x, const double *w, bool c) {
  double s = pick(w, w, c, 0);
  return pick(x, w, c, 1) + s;
}
double f(const double *x, const double *w, bool c) {
  return both(x, w, c);
}

// A callee of values stays a function.
template <class T> static T order(T nu) {
// VALUES: :[[@LINE+1]]:{{[0-9]+}}: error: {{.*}} [adgen-no-partial]
  return std::cyl_bessel_k(nu, T(2));
}
// VALUES: :[[@LINE+1]]:{{[0-9]+}}: note: in the call of 'order<double>' from 'g'
double g(double x) { return order(x) * x; }

struct Table {
  double row[3];
  double at(const double *x, const double *w, bool c, int i) const {
// METHOD: :[[@LINE+1]]:{{[0-9]+}}: error: {{.*}} [adgen-unknown-shadow]
    const double *p = c ? x : w;
    return p[i] * row[i];
  }
};
// METHOD: :[[@LINE+2]]:{{[0-9]+}}: note: in the call of 'Table::at' from 'h'
double h(const double *x, const double *w, bool c, const Table &t) {
  return t.at(x, w, c, 1);
}

double k(const double *x, const double *w, bool c) {
  auto square = [&](int i) {
// LAMBDA: :[[@LINE+1]]:{{[0-9]+}}: error: {{.*}} [adgen-unknown-shadow]
    const double *p = c ? x : w;
    return p[i] * p[i];
  };
// LAMBDA: :[[@LINE+1]]:{{[0-9]+}}: note: in the call of 'square' from 'k'
  return square(1);
}

// In the function itself there are no calls to show.
double m(double x) {
// NONE: :[[@LINE+1]]:{{[0-9]+}}: error: {{.*}} [adgen-no-partial]
  return std::riemann_zeta(x);
}
// NONE-NOT: in the call

// All of them at once.
// ALL: 5 errors generated.
