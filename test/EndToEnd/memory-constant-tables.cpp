// RUN: %check-values %s
// Local arrays of constants.

// CHECK-VALUES: constants_only wrt=x at=(0.5, 2)
double constants_only(double x, int k) {
  const double c[] = {1, 0.5, 0.25, 0.125};
  double y = 0;
  for (int i = 0; i <= k; ++i)
    y = y * x + c[i];
  return y;
}

// The table is not needed for the shadow of what is made of it.
// CHECK-VALUES: copied_from_a_table wrt=x,y at=({1, 2}, 0.5)
double copied_from_a_table(const double *__restrict x, double y) {
  static const double table[4] = {-1.0, 1.5, 0.5, -1.0};
  double a[2] = {2.0, table[3]};
  for (int i = 1; i > 0; --i)
    a[i] += 0.5 * x[i - 1];
  return table[0] + x[1] + a[1] + 0.5 * y + a[0];
}
