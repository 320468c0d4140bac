// RUN: not adgen %s --function f,g,h,k,m --wrt x 2>&1 | FileCheck %s --implicit-check-not=error:
// What differentiation refuses in a callee is shown with the calls that lead there from the requested
// function: also if the callee was put in place of its call, by the very call that is at fault.
#include <cmath>

// CHECK: :[[@LINE+2]]:{{[0-9]+}}: error: the derivative needs the shadow of what this points to, which is not known [adgen-unknown-shadow]
static double pick(const double *x, const double *w, bool c, int i) {
  const double *p = c ? x : w;
  return p[i] * p[i];
}
// CHECK: :[[@LINE+4]]:10: note: in the call of 'pick' from 'both'
// CHECK: :[[@LINE+5]]:10: note: in the call of 'both' from 'f'
static double both(const double *x, const double *w, bool c) {
  double s = pick(w, w, c, 0);
  return pick(x, w, c, 1) + s;
}
double f(const double *x, const double *w, bool c) {
  return both(x, w, c);
}

// A callee of values stays a function.
template <class T> static T order(T nu) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: {{.*}} [adgen-no-partial]
  return std::cyl_bessel_k(nu, T(2));
}
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: note: in the call of 'order<double>' from 'g'
double g(double x) { return order(x) * x; }

struct Table {
  double row[3];
  double at(const double *x, const double *w, bool c, int i) const {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: {{.*}} [adgen-unknown-shadow]
    const double *p = c ? x : w;
    return p[i] * row[i];
  }
};
// CHECK: :[[@LINE+2]]:{{[0-9]+}}: note: in the call of 'Table::at' from 'h'
double h(const double *x, const double *w, bool c, const Table &t) {
  return t.at(x, w, c, 1);
}

double k(const double *x, const double *w, bool c) {
  auto square = [&](int i) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: {{.*}} [adgen-unknown-shadow]
    const double *p = c ? x : w;
    return p[i] * p[i];
  };
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: note: in the call of 'square' from 'k'
  return square(1);
}

// In the function itself there are no calls to show.
double m(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: {{.*}} [adgen-no-partial]
  return std::riemann_zeta(x);
}
// CHECK-NOT: in the call
