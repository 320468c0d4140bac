// RUN: not adgen %s --function g,h,k 2>&1 | FileCheck %s
// Untyped pointers are refused, and casts that make something else of what is pointed to.
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this pointer (of type 'const void *') is not supported yet [adgen-unsupported-pointer]
double g(double x, const void *y) { return x; }
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this pointer (of type 'double *') is not supported yet [adgen-unsupported-pointer]
double h(const double *x) { return *const_cast<double *>(x); }
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this pointer (of type 'float *') is not supported yet [adgen-unsupported-pointer]
double k(double *x, int i) { return ((float *)x)[i]; }
