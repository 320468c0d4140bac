// RUN: %check-example %s
// Nothing needs to be mended.
// COMMAND: adgen example.cpp --remarks
double f(double x, int n) {
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j) // here
      x = x * (1 - x);
  return x;
}
