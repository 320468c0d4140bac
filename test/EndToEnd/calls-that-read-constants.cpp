// RUN: %check-values %s
// RUN: %check-values %s --adgen "adgen --disable-pass=ad-callee-sizes"
// Callees that read memory without a derivative: it may be memory that is written, but nobody asks for its adjoint.
#include <cmath>

static double polynomial(const double *c, double t) {
  double s = c[0];
  s = s * t + c[1];
  s = s * t + std::sin(c[2]);
  s = s * t + std::cos(c[3] * t);
  s = s * t + c[4];
  s = s * t + std::exp(-c[5] * c[5]);
  s = s * t + c[6];
  s = s * t + c[7];
  return s / (1 + t * t);
}

// The first value depends on nothing that has an adjoint.
// CHECK-VALUES: product wrt=p at=({0.7}, {0}, 1.3, rand(8, 1)),({-1.1}, {2}, 0.2, rand(8, 2))
void product(const double *p, double *r, double x, const double *c) {
  double t = polynomial(c, x);
  t *= polynomial(c, p[0]);
  r[0] = t;
}

// Nor does any other here.
// CHECK-VALUES: scaled wrt=p at=({0.7}, {0}, 1.3, rand(8, 1)),({-1.1}, {2}, 0.2, rand(8, 2))
void scaled(const double *p, double *r, double x, const double *c) {
  const double before = polynomial(c, x);
  r[0] = p[0] * before;
  r[0] += polynomial(c, x + 1) * std::sin(p[0]);
}
