// RUN: not adgen %s 2>&1 | FileCheck %s
// Ranges of case labels are refused.
double f(double x, int n) {
  switch (n) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: a range of case labels is not supported [adgen-unsupported-case-range]
  case 1 ... 3:
    return x;
  }
  return 2 * x;
}
