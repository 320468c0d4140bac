// RUN: %check-example %s
// Nothing needs to be mended.
// COMMAND: adgen example.cpp --remarks
double f(double r, double x, int n) {
  for (int k = 0; k < n; ++k) // here
    x = r * x * (1 - x);
  return x;
}
