// RUN: not adgen %s 2>&1 | FileCheck %s
// A variable number of arguments is refused.
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: function 'f' with a variable number of arguments is not supported [adgen-unsupported-variadic]
double f(double x, ...) { return x; }
