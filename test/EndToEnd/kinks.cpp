// RUN: %check-values %s
// At a kink: the derivative of the branch that was executed, of the operand that was returned.
#include <algorithm>
#include <cmath>

// CHECK-VALUES: larger wrt=x,y at=(1, 2),(2, 1),(3, 3) expect=(0, 1),(1, 0),(1, 0)
double larger(double x, double y) { return std::max(x, y); }

// CHECK-VALUES: smaller wrt=x,y at=(1, 2),(2, 1),(3, 3) expect=(1, 0),(0, 1),(1, 0)
double smaller(double x, double y) { return std::min(x, y); }

// CHECK-VALUES: clamped wrt=x,lo,hi at=(1, 0, 2),(-1, 0, 2),(3, 0, 2),(0, 0, 2),(2, 0, 2) \
//   expect=(1, 0, 0),(0, 1, 0),(0, 0, 1),(1, 0, 0),(1, 0, 0)
double clamped(double x, double lo, double hi) { return std::clamp(x, lo, hi); }

// CHECK-VALUES: larger_number wrt=x,y at=(1, 2),(3, 3),(NAN, 2),(2, NAN) expect=(0, 1),(1, 0),(0, 1),(1, 0)
double larger_number(double x, double y) { return std::fmax(x, y); }

// CHECK-VALUES: smaller_number wrt=x,y at=(1, 2),(3, 3),(NAN, 2),(2, NAN) expect=(1, 0),(1, 0),(0, 1),(1, 0)
double smaller_number(double x, double y) { return std::fmin(x, y); }

// CHECK-VALUES: difference wrt=x,y at=(3, 1),(1, 3),(2, 2) expect=(1, -1),(0, 0),(0, 0)
double difference(double x, double y) { return std::fdim(x, y); }

// CHECK-VALUES: magnitude wrt=x at=(3),(-3),(0.0),(-0.0) expect=(1),(-1),(1),(-1)
double magnitude(double x) { return std::fabs(x); }

// CHECK-VALUES: magnitude_overload wrt=x at=(3),(-3) expect=(1),(-1)
double magnitude_overload(double x) { return std::abs(x); }

// CHECK-VALUES: steps wrt=x at=(2.3),(-2.7) expect=(5),(-5)
double steps(double x) { return std::floor(x) * x + std::trunc(x) * 0.5 * 2 + std::ceil(x) * x; }

// CHECK-VALUES: signs wrt=x,y at=(3, -2),(-3, -2),(-3, 2) expect=(-1, 0),(1, 0),(-1, 0)
double signs(double x, double y) { return std::copysign(x, y); }

// CHECK-VALUES: remainders wrt=x,y at=(7.5, 2) expect=(2, -7)
// CHECK-VALUES: remainders wrt=x,y at=(7.3, 2.2),(-7.3, 2.2)
double remainders(double x, double y) { return std::fmod(x, y) + std::remainder(x, y); }

// CHECK-VALUES: branch_at_tie wrt=x at=(1) expect=(2)
double branch_at_tie(double x) { return x >= 1 ? x * x : x; }

// CHECK-VALUES: comparisons wrt=x,y at=(1, 2),(2, 2) expect=(5, 0),(4, 0)
double comparisons(double x, double y) { return (x < y) * x + 2 * x * (x <= y) + 2 * x * (y >= x) + (x > y) * x; }
