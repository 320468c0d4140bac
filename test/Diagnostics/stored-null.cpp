// RUN: not adgen %s --function f,g 2>&1 | FileCheck %s
// A null pointer in a variable that is assigned to is refused.
double f(double x, int i) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: a null pointer in a variable that changes is not supported yet [adgen-stored-null]
  double *p = nullptr;
  if (i > 0)
    p = &x;
  return x;
}
double g(const double *x, int n) {
  const double *p = x;
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: a null pointer in a variable that changes is not supported yet [adgen-stored-null]
  p = n > 0 ? x + n : nullptr;
  return *p;
}
