// RUN: not adgen %s 2>&1 | FileCheck %s
// Pointers are refused, as parameters, variables and in expressions.
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: pointers (here 'double *') are not supported yet [adgen-unsupported-pointer]
double f(double x, double *y) { return x; }
double g(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: pointers (here 'double *') are not supported yet [adgen-unsupported-pointer]
  double *p = &x;
  return x;
}
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: pointers (here 'double *') are not supported yet [adgen-unsupported-pointer]
double h(double x) { return *&x; }
