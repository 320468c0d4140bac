// RUN: not adgen check %s --use %S/Inputs/wave.h --link %S/Inputs/wave.cpp --samples 3 --at n=3,x[3] \
// RUN:   -- -I%S/Inputs > %t.txt
// RUN: FileCheck %s < %t.txt
// A wrong derivative is found by each verdict, and named by its element with both numbers.
#include "wave.h"

// CHECK: waves (wrong-rule.cpp:[[#]])
// CHECK: 1 {{.*}} WRONG WRONG WRONG
// CHECK-NOT: x[0]: reverse
// CHECK: x[1]: reverse 0.559972506785, differences 0.535338088682
// CHECK: x[2]: reverse -0.3973106754, differences 0.917684165284
// CHECK: forward: <Jv, w> {{.*}}, reverse: <v, J^T w>
// CHECK: x[2]: forward 0.917684165284, reverse -0.3973106754
// CHECK: order of the Taylor remainder 1, not 2
// CHECK: at x[0] = 0.767978118277662
// CHECK: waves: the derivative is WRONG at 3 of 3 points
double waves(const double *x, int n) {
  double s = 0;
  for (int i = 0; i + 1 < n; ++i)
    s += wave(x[i], x[i + 1]);
  return s;
}
