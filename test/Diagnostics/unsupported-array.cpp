// RUN: not adgen %s --function f,g,h 2>&1 | FileCheck %s
// Arrays whose size is not a constant are refused, and text.
double f(double x, int n) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this array (of type 'double[n]') is not supported [adgen-unsupported-array]
  double a[n];
  a[0] = x;
  return a[0];
}
double g(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this array (of type 'char[3]') is not supported [adgen-unsupported-array]
  char a[] = "no";
  return x;
}
extern const double table[];
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this array (of type 'const double[]') is not supported [adgen-unsupported-array]
double h(double x) { return x * table[1]; }
