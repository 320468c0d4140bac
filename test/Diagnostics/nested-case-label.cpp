// RUN: not adgen %s 2>&1 | FileCheck %s
// A case label inside of another statement is refused, also where no other path leads.
double f(double x, int n) {
  switch (n) {
  case 0:
    while (n-- > 0) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: a case label inside of another statement is not supported [adgen-nested-case-label]
    case 1:
      x *= 2;
    }
  }
  return x;
}
double g(double x, int n) {
  switch (n) {
  case 0:
    return x;
    {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: a case label inside of another statement is not supported [adgen-nested-case-label]
    case 1:
      x *= 2;
    }
  }
  return x;
}
