// RUN: %check-values %s
// RUN: %check-values %s --adgen "adgen --disable-pass=ad-callee-sizes"
// RUN: adgen %s --disable-pass=ad-callee-sizes -o - | FileCheck %s
// Callees that do not read all of their parameters, and whose forward sweep turns out to be
// what the user wrote: it is called with all of them.

static void inner(double *a, int, double) { *a *= 0.5; }

static void outer(double *a, int, double s) { inner(a + 1, 2, s); }

// CHECK-LABEL: twice_grad(
// CHECK:       outer(x, n, t);
// CHECK:       outer(x, n, y);
// CHECK-VALUES: twice wrt=y,x at=(0.5, {1, 2, 3, 4}, 1),(-2, {4, 3, 2, 1}, 0)
double twice(double y, double *x, int n) {
  const double t = 2 * y;
  outer(x, n, t);
  outer(x, n, y);
  return x[3] * x[n] * y;
}
