// RUN: %check-values %s
// Logistic regression, and sums of logistic functions.
#include <cmath>

// CHECK-VALUES: sum_of_logistic wrt=x at=({0, 1, -1, -2}, 2, 2) expect=(0.25L, 0.196611933241481852536918L, 0.196611933241481852536918L, 0.104993585403506517191463L)
// CHECK-VALUES: sum_of_logistic wrt=x at=(rand(6, 1), 2, 3),({}, 0, 3)
double sum_of_logistic(const double *x, int rows, int cols) {
  double s = 0;
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < cols; j++)
      s += 1.0 / (1.0 + std::exp(-x[i * cols + j]));
  return s;
}

// CHECK-VALUES: of_an_array wrt=x at=({0, 1, -1, -2}) expect=(0.25L, 0.196611933241481852536918L, 0.196611933241481852536918L, 0.104993585403506517191463L)
double of_an_array(const double (&x)[2][2]) {
  double s = 0;
  for (auto &row : x)
    for (double e : row)
      s += 1 / (1 + std::exp(-e));
  return s;
}
