// RUN: %check-values %s
// Arrays that need not be given.

// CHECK-VALUES: weighted wrt=x,w at=(rand(3, 1), rand(3, 2), 3),(rand(3, 1), null, 3)
double weighted(const double *x, const double *w, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += w ? w[i] * x[i] * x[i] : x[i];
  return s;
}

// CHECK-VALUES: with_sum wrt=x,y at=(rand(3, 1), {9, 9, 9}, 3),(rand(3, 1), null, 3)
double with_sum(const double *x, double *y, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    s += x[i] * x[i];
    if (y != nullptr)
      y[i] = s;
  }
  return s;
}

// CHECK-VALUES: in_or_out wrt=x,y at=(rand(3, 1), {9, 9, 9}, 3),(rand(3, 1), null, 3)
void in_or_out(double *x, double *y, int n) {
  double *out = y ? y : x;
  for (int i = 0; i < n; ++i)
    out[i] = x[i] * x[i];
}
