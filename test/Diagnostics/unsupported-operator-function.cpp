// RUN: not adgen %s 2>&1 | FileCheck %s
// Functions without a name are refused.
enum Unit { metre };
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'operator*' is an operator or conversion function, which is not supported yet [adgen-unsupported-operator-function]
double operator*(double x, Unit) { return x; }
