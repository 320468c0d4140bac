// RUN: not adgen %s 2>&1 | FileCheck %s
// A pointer that is assigned to is refused: what it points to is not known.
double f(double x, double y) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: pointer 'p' must be initialized and never be assigned to [adgen-pointer-changed]
  double *p = &x;
  if (y > 0)
    p = &y;
  return *p;
}
double g(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: pointer 'q' must be initialized and never be assigned to [adgen-pointer-changed]
  double *q;
  return x;
}
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: pointer 'x' must be initialized and never be assigned to [adgen-pointer-changed]
double h(const double *x) { return *x++; }
