// RUN: not adgen %s 2>&1 | FileCheck %s
// An expression that is not known is refused by its kind.
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this expression (binary conditional operator) is not supported [adgen-unsupported-expression]
double f(double x) { return x ?: 3; }
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this expression (builtin bit cast expression) is not supported [adgen-unsupported-expression]
double g(double x) { return __builtin_bit_cast(long, x); }
