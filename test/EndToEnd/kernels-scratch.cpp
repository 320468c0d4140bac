// RUN: %check-values %s
// Arrays as scratch inside of loops, and around them.
#include <cmath>
#include <vector>

// CHECK-VALUES: in_the_loop wrt=x at=(rand(6, 1), 2),({1, 2, 3}, 1),({}, 0)
double in_the_loop(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    double t[3];
    for (int j = 0; j < 3; ++j)
      t[j] = std::sin(x[3 * i + j]);
    s += t[0] * t[1] * t[2];
  }
  return s;
}

// Outside: each trip overwrites what it reads.
// CHECK-VALUES: around_the_loop wrt=x at=(rand(6, 1), 2),({}, 0)
double around_the_loop(const double *x, int n) {
  double t[3], s = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < 3; ++j)
      t[j] = std::exp(x[3 * i + j]);
    for (int j = 1; j < 3; ++j)
      t[j] *= t[j - 1];
    s += t[2] / (1 + t[1]);
  }
  return s;
}

// The caller's workspace.
// CHECK-VALUES: workspace wrt=x,work at=(rand(6, 1), {7, 8, 9}, 2)
double workspace(const double *x, double *work, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < 3; ++j)
      work[j] = x[3 * i + j] * x[3 * i + (j + 1) % 3];
    s += work[0] / (1 + work[1] * work[1]) + work[2];
  }
  return s;
}

// Only partly overwritten: a trip reads what an earlier one left.
// CHECK-VALUES: remembers wrt=x at=(rand(4, 1), 4),({2}, 1)
double remembers(const double *x, int n) {
  double t[2] = {1, 1}, s = 0;
  for (int i = 0; i < n; ++i) {
    t[i % 2] = x[i] * t[(i + 1) % 2];
    s += t[0] * t[1];
  }
  return s;
}

// CHECK-VALUES: vectors wrt=x at=(rand(4, 1), 3),(rand(4, 1), 0)
double vectors(const std::vector<double> &x, int trips) {
  double s = 0;
  for (int t = 1; t <= trips; ++t) {
    std::vector<double> power(x.size());
    for (std::size_t i = 0; i < x.size(); ++i)
      power[i] = std::pow(x[i] * x[i] + 1, t);
    for (std::size_t i = 0; i + 1 < power.size(); ++i)
      s += power[i] / power[i + 1];
  }
  return s;
}

// As large as the trip asks for.
// CHECK-VALUES: growing wrt=x at=(rand(4, 1), 4)
double growing(const double *x, int n) {
  double s = 0;
  for (int k = 1; k <= n; ++k) {
    std::vector<double> t(k);
    t[0] = x[k - 1];
    for (int i = 1; i < k; ++i)
      t[i] = t[i - 1] * x[i - 1] + x[i];
    s += t[k - 1] * t[k / 2];
  }
  return s;
}

// CHECK-VALUES: small_matrices wrt=x at=(rand(8, 1), 2)
double small_matrices(const double *x, int n) {
  double total = 0;
  for (int p = 0; p < n; ++p) {
    double a[2][2], b[2][2] = {{0}};
    for (int i = 0; i < 4; ++i)
      a[i / 2][i % 2] = x[4 * p + i];
    for (int i = 0; i < 2; ++i)
      for (int j = 0; j < 2; ++j)
        for (int k = 0; k < 2; ++k)
          b[i][j] += a[i][k] * a[k][j];
    total += b[0][0] * b[1][1] - b[0][1] * b[1][0];
  }
  return total;
}
