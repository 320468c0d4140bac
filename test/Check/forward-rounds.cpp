// RUN: not adgen check %s | FileCheck %s
// Terms that cancel in single precision: forward and reverse differ by what forward rounds.
// CHECK-NOT: WRONG
// CHECK: forward_rounds: not decided
double forward_rounds(double x) {
  float s = 0;
  for (int i = 0; i < 1000; ++i)
    s += float(x * i);
  return s - 499500.0 * x;
}
