// RUN: %check-values %s
// An array of pointers into another.

// A row of pointers into one array.
// CHECK-VALUES: rows_of_pointers wrt=x at=(rand(6, 1))
double rows_of_pointers(const double *x) {
  const double *row[3] = {x, x + 2, x + 4};
  double s = 0;
  for (int i = 0; i < 3; ++i)
    s += row[i][0] * row[(i + 1) % 3][1];
  return s;
}
