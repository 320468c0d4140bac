// RUN: not adgen %s --function f 2>&1 | FileCheck %s
// Calls of user functions are refused by name, with a note that shows the function.
double g(double x) { return 2 * x; }
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: calls of user functions (here 'g') are not supported yet [adgen-unsupported-call]
double f(double x) { return g(x) + 1; }
// CHECK: note: declared here
