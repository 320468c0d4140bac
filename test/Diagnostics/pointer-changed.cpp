// RUN: not adgen %s --function f,g,h 2>&1 | FileCheck %s
// A pointer to a function that is assigned to is refused, and one that is null at
// first.
static double one(double x) { return x; }
static double two(double x) { return 2 * x; }
double f(double x, double y) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: pointer 'p' must be initialized and never be assigned to [adgen-pointer-changed]
  double (*p)(double) = one;
  if (y > 0)
    p = two;
  return p(x);
}
double g(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: pointer 'q' must be initialized and never be assigned to [adgen-pointer-changed]
  double (*q)(double);
  return x;
}
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: pointer 'x' must be initialized and never be assigned to [adgen-pointer-changed]
static double first(const double *x) { return x ? *x++ : 0; }
double h(double x) { return x * first(nullptr); }
