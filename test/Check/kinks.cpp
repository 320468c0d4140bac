// RUN: adgen check %s --function at_kink,steps,between,beside --at x=1,y=1,k=3,p=0,q=0 > %t.txt && FileCheck %s < %t.txt
// RUN: not adgen check %s --function undecided --at x=0 | FileCheck %s --check-prefix=OPEN
// At a kink the derivative must be that from one side, which is said; where it is neither's, nothing is
// decided, and that is no success. A kink that only lies near does not matter.
#include <algorithm>
#include <cmath>

// CHECK: at_kink (kinks.cpp
// CHECK: 1 0.841471 x 1.5403, y -0.158529 kink ok
// CHECK-NEXT: x: kink at the point; the derivative is that from the right
// CHECK-NEXT: y: kink at the point; the derivative is that from the left
// CHECK-NEXT: at_kink: the derivative is right at 1 point
double at_kink(double x, double y) { return std::sin(x) * y + std::fabs(x - y); }

// CHECK: 1 4 x 1 kink ok
// CHECK: x: kink at the point
// CHECK: steps: the derivative is right at 1 point
double steps(double x, int k) { return std::floor(x) * k + x; }

// CHECK: p: kink at the point; the derivative is between those of its sides
// CHECK: between: the derivative is right at 1 point
double between(double p, double q) { return std::hypot(p, q); }

// OPEN: x: kink at the point: not decided (from the left 0, from the right 3, here 1)
// OPEN: undecided: not decided at any point for x; choose others with --at, --range, --seed
double undecided(double x) { return std::max(x, 0.0) + std::max(0.0, 2 * x); }

// CHECK: beside: the derivative is right at 5 points
double beside(double t) {
  double s = 0;
  for (int i = -3; i < 4; ++i)
    s += std::fabs(t - i * 0.3) + std::fmax(t, 1.0);
  return s * t;
}
