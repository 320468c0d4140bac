// RUN: not adgen %s --function f,g 2>&1 | FileCheck %s
// What a function returns a reference or pointer to must be known.
struct Part;
extern double &larger(double &a, double &b);
static Part *second(double *a) { return reinterpret_cast<Part *>(a); }
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'larger' returns a reference or pointer, which is not supported yet [adgen-reference-result]
double f(double x, double y) { return larger(x, y); }
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'second' returns a reference or pointer, which is not supported yet [adgen-reference-result]
double g(double x) { return second(&x) ? x : 0; }
