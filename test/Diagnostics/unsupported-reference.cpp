// RUN: not adgen %s 2>&1 | FileCheck %s
// A reference whose variable is not known is refused.
#include <algorithm>
const double one = 1;
const double &reference = one;
double f(double x, double y) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this reference (of type 'const double &') is not supported yet [adgen-unsupported-reference]
  const double &larger = std::max(x, y + 1);
  x = 0;
  return larger;
}
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this reference (of type 'const double &') is not supported yet [adgen-unsupported-reference]
double h(double x) { return x * reference; }
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this reference (of type 'double &&') is not supported yet [adgen-unsupported-reference]
double k(double &&x) { return x; }
// What is const may not be changed behind a cast.
double cast(double x) {
  const double &r = x;
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this reference (of type 'double &') is not supported yet [adgen-unsupported-reference]
  (double &)r = 3;
  return r;
}
