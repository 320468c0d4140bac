// RUN: %check-values %s
// Elements that are combined with themselves.

// CHECK-VALUES: self wrt=x at=(rand(3, 1, 1, 2), 3)
void self(double *x, int n) {
  for (int i = 0; i < n; ++i) {
    x[i] += x[i];
    x[i] *= x[i];
    x[i] -= x[i] / 3;
    x[i] = -x[i];
  }
}
