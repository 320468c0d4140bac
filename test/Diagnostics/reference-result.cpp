// RUN: not adgen %s --function f,g 2>&1 | FileCheck %s
// A function that returns a reference or pointer is not called yet.
static double &first(double &a) { return a; }
static double *second(double *a) { return a; }
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'first' returns a reference or pointer, which is not supported yet [adgen-reference-result]
double f(double x) { return first(x); }
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'second' returns a reference or pointer, which is not supported yet [adgen-reference-result]
double g(double x) { return *second(&x); }
