// RUN: adgen %s --function f --emit ir-memory | FileCheck %s
// An assertion may test a pointer, and does not make it one that may be null.
#include <cassert>
// CHECK: func.func @"f(double, double *)"(
// CHECK-NOT: in_memory
// CHECK: ad.store %arg0, %arg1
// CHECK-NEXT: ad.return %arg0
double f(double x, double *out) {
  assert(out && "there is a place for the result");
  assert(out != nullptr);
  *out = x;
  return x;
}
