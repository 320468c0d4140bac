// RUN: %check-values %s
// An array of pointers into another.
#include <array>

// A row of pointers into one array.
// CHECK-VALUES: rows_of_pointers wrt=x at=(rand(6, 1))
double rows_of_pointers(const double *x) {
  const double *row[3] = {x, x + 2, x + 4};
  double s = 0;
  for (int i = 0; i < 3; ++i)
    s += row[i][0] * row[(i + 1) % 3][1];
  return s;
}

// The table stays as it is, what it points to does not.
// CHECK-VALUES: rows_of_array wrt=x,a at=(0.5, {1, 2, 3, 4})
double rows_of_array(double x, std::array<double, 4> a) {
  for (int j = 0; j < 2; ++j) {
    double *row[2] = {a.data(), a.data()};
    for (int i = 0; i < 4; ++i)
      row[i % 2][i] = x * a[i];
  }
  return a[1] * a[3];
}
