// RUN: not adgen %s --function f 2>&1 | FileCheck %s
// Calls of operators are refused by name, with a note that shows the function.
enum class Kind { first, second };
bool operator+(Kind a, Kind b) { return a == b; }
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this call of 'operator+' is not supported yet [adgen-unsupported-call]
double f(double x, Kind k) { return k + Kind::first ? x : 1; }
// CHECK: note: declared here
