// RUN: %check-example %s
// The condition chooses a value in place of a pointer.
// COMMAND: adgen example.cpp --wrt x
double f(const double *x, const double *w, bool c, int i) {
  const double *p = c ? x : w; // here
  return p[i] * p[i];
}
//--- mended
double f(const double *x, const double *w, bool c, int i) {
  double v = c ? x[i] : w[i];
  return v * v;
}
