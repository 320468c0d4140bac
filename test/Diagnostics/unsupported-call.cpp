// RUN: not adgen %s --function f 2>&1 | FileCheck %s
// Calls of literal operators are refused by name, with a note that shows the function.
double operator""_km(long double x) { return 1000 * x; }
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this call of 'operator""_km' is not supported yet [adgen-unsupported-call]
double f(double x) { return x * 2.5_km; }
// CHECK: note: declared here
