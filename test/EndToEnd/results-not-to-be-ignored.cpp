// RUN: %check-values %s
// A call that the derivative makes for its effect alone does not warn where its result must not be ignored.
#include <cstdio>
[[nodiscard]] static int say(double x) {
  std::fprintf(stderr, "%g\n", x);
  return 1;
}

// CHECK-VALUES: squared wrt=x at=(2)
double squared(double x) {
  if (say(x)) {
  }
  return x * x;
}

// CHECK-VALUES: doubled wrt=x at=(2)
void doubled(double *x) {
  int n = say(*x);
  (void)n;
  *x *= 2;
}
