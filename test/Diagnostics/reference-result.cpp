// RUN: not adgen %s --function f,g 2>&1 | FileCheck %s
// A function that returns a reference to a choice, or a pointer, is not called yet.
static double &larger(double &a, double &b) {
  if (a < b)
    return b;
  return a;
}
static double *second(double *a) { return a; }
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'larger' returns a reference or pointer, which is not supported yet [adgen-reference-result]
double f(double x, double y) { return larger(x, y); }
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'second' returns a reference or pointer, which is not supported yet [adgen-reference-result]
double g(double x) { return *second(&x); }
