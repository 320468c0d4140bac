// RUN: %check-values %s
// Functions that return a place in what they were given.

double *element(double *x, int i) { return x + i; }
const double &nth(const double *x, int i) { return x[i]; }

// CHECK-VALUES: returned_places wrt=x at=(rand(3, 1))
double returned_places(double *x) {
  *element(x, 1) *= nth(x, 0);
  double *p = element(x, 2);
  *p += x[1] * x[1];
  return nth(x, 2) * nth(x, 1);
}
