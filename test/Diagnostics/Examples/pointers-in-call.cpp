// RUN: %check-example %s
// What the object points to is passed itself.
struct Source {
  const double *data;
  int n;
};

static double sum(const Source &s, int i) { // here
  if (i == s.n)
    return 0;
  return s.data[i] * s.data[i] + sum(s, i + 1);
}
double f(const Source &s) { return sum(s, 0); }
//--- mended
static double sum(const double *x, int n, int i) {
  if (i == n)
    return 0;
  return x[i] * x[i] + sum(x, n, i + 1);
}
double f(const double *x, int n) { return sum(x, n, 0); }
