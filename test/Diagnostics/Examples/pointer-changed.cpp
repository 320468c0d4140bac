// RUN: %check-example %s
// Each function is called where it is chosen.
// COMMAND: adgen example.cpp --function f
static double once(double x) { return x; }
static double twice(double x) { return 2 * x; }

double f(double x, bool doubled) {
  double (*p)(double) = once; // here
  if (doubled)
    p = twice;
  return p(x);
}
//--- mended
static double once(double x) { return x; }
static double twice(double x) { return 2 * x; }

double f(double x, bool doubled) {
  return doubled ? twice(x) : once(x);
}
