// RUN: %check-example %s
// Nothing needs to be mended.
// COMMAND: adgen example.cpp --remarks --with-value
double f(double x, int n) {
  double s = 0;
  for (int k = 0; k < n; ++k) // here
    s += x * k * (x - k);
  return s;
}
