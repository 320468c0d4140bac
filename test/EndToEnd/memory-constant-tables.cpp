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
