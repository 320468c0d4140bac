// RUN: not adgen %s --function f 2>&1 | FileCheck %s
// Two parameters that may be one variable are not passed to one function.
static double add(double &a, const double &b) { return a += b; }
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'a' and 'b' may be one variable, and 'add' gets both [adgen-possible-alias]
double f(double &a, const double &b) { return add(a, b); }
