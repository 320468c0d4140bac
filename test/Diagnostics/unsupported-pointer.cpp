// RUN: not adgen %s 2>&1 | FileCheck %s
// Arithmetic of pointers, and pointers to pointers, are refused.
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this pointer (of type 'double *') is not supported yet [adgen-unsupported-pointer]
double f(double x, double *y) { return x * y[1]; }
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this pointer (of type 'double **') is not supported yet [adgen-unsupported-pointer]
double g(double x, double **y) { return x; }
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this pointer (of type 'double *') is not supported yet [adgen-unsupported-pointer]
double h(double x) { return *(&x + 0); }
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this pointer (of type 'double *') is not supported yet [adgen-unsupported-pointer]
double k(const double *x) { return *const_cast<double *>(x); }
