// RUN: not adgen %s 2>&1 | FileCheck %s
// An assertion whose condition has a side effect cannot be left out.
#include <cassert>
double f(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: the condition of this assertion has a side effect [adgen-assertion-side-effect]
  assert((x += 1) > 0);
  return x;
}
