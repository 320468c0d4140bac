// RUN: not adgen %s 2>&1 | FileCheck %s
// A local variable cannot be declared inactive.
#include <adgen/adgen.h>
double f(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'ADGEN_INACTIVE' on local variable 'y' is not supported yet [adgen-inactive-variable]
  ADGEN_INACTIVE double y = x;
  return x * y;
}
