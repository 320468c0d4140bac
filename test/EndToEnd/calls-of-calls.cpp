// RUN: %check-values %s
// What a callee gives is handed to the next, and both values and derivatives are needed.
#include <cmath>

static double e(double x, double a) { return std::exp(x * a); }
static double g(double x, double a) { return e(x, a) * e(a, x) / 15; }
static double through(double &z, double x) {
  double r = e(z, x) * z;
  z += r;
  return r;
}

// CHECK-VALUES: of_itself wrt=x,a at=(0.3, 0.4),(-0.5, 1)
double of_itself(double x, double a) { return e(e(x, a), a); }

// CHECK-VALUES: of_callers wrt=x,a at=(0.3, 0.4),(-0.5, 1)
double of_callers(double x, double a) { return g(g(x, a), a) * g(e(x, a), x); }

// CHECK-VALUES: by_reference wrt=x,z at=(0.3, 0.4),(-0.5, 1)
double by_reference(double x, double &z) { return through(z, x) + through(z, x * z) * z; }

// Where the exit in a branch is passed by, the reverse call still has the seed of what the callee wrote.
static double halved(double &a, double e, double b) {
  a = 0.5 * a + std::tanh(a * a);
  return std::sin(e / b);
}
static double halved_twice(double &a, double e, double b) {
  const double t = halved(a, e, b);
  return halved(a, t, b);
}
static void with_branch(double &a, double b) {
  const double t = halved_twice(a, a, b);
  if (a < 0.0)
    a += std::tanh(t);
}
// CHECK-VALUES: seeded_past_branch wrt=x,y at=(2, 1),(2, -0.5),(-1, 0.25)
double seeded_past_branch(double x, double y) {
  with_branch(y, x);
  return y;
}
