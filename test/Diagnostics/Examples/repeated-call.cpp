// RUN: %check-example %s
// Nothing needs to be mended.
// COMMAND: adgen example.cpp --remarks --function f
static double cube(double x) { return x * x * x; }

double f(double x, int n) {
  for (int i = 0; i < n; ++i)
    x *= cube(x); // here
  return x;
}
