// RUN: not adgen %s 2>&1 | FileCheck %s
// A statement that is kept must not change what the function computes with.
#include <cstdio>
double f(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: a statement that is kept as it is may change this variable [adgen-statement-side-effect]
  std::scanf("%lf", &x);
  return x;
}
