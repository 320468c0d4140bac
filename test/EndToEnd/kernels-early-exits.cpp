// RUN: %check-values %s
// Loops over arrays that end early: return, break, continue.
#include <cmath>

// CHECK-VALUES: first_negative wrt=x at=({1, 2, -3, 4, -5}, 5),({1, 2}, 2),({-1}, 1),({}, 0)
double first_negative(const double *x, int n) {
  double product = 1;
  for (int i = 0; i < n; ++i) {
    if (x[i] < 0)
      return product * x[i];
    product *= x[i];
  }
  return product;
}

// CHECK-VALUES: up_to wrt=x,limit at=({1, 2, 3, 4}, 4, 4.5),({1, 2}, 2, 9),({}, 0, 1)
double up_to(const double *x, int n, double limit) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    s += x[i] * x[i];
    if (s > limit)
      break;
  }
  return s * limit;
}

// CHECK-VALUES: positive_logs wrt=x at=({1, -2, 3, -0.5, 4}, 5)
double positive_logs(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    if (x[i] <= 0)
      continue;
    s += std::log(x[i]);
  }
  return s;
}

// Elements that were written before the exit stay.
// CHECK-VALUES: until_large wrt=x at=({1, 2, 3, 4}, 4),({0.5, 0.25}, 2),({5, 1}, 2)
int until_large(double *x, int n) {
  for (int i = 0; i < n; ++i) {
    x[i] *= x[i];
    if (x[i] > 8)
      return i;
    x[i] += 0.5;
  }
  return -1;
}

// CHECK-VALUES: two_loops wrt=m at=({{1, 2, 3}, {4, -5, 6}, {7, 8, 9}}, 3),({{1, 2, 3}}, 1),({{-1, 2, 3}}, 1)
double two_loops(const double (*m)[3], int rows) {
  double s = 1;
  for (int i = 0; i < rows; ++i)
    for (int j = 0; j < 3; ++j) {
      if (m[i][j] < 0)
        return s * m[i][j];
      s *= m[i][j];
    }
  return s;
}

// CHECK-VALUES: inner_break wrt=x at=(rand(9, 1, 0, 1), 3),({0.5}, 1)
double inner_break(const double *x, int n) {
  double total = 0;
  for (int i = 0; i < n; ++i) {
    double s = 0;
    for (int j = 0; j < n; ++j) {
      s += x[i * n + j];
      if (s > 1)
        break;
    }
    if (s < 0.1)
      continue;
    total += s * s;
  }
  return total;
}

// CHECK-VALUES: validated wrt=x,y at=({1, 4, 9}, {0, 0, 0}, 3),({1, -4, 9}, {7, 8, 9}, 3)
bool validated(const double *x, double *y, int n) {
  for (int i = 0; i < n; ++i)
    if (x[i] < 0)
      return false;
  for (int i = 0; i < n; ++i)
    y[i] = std::sqrt(x[i]);
  return true;
}

// CHECK-VALUES: found wrt=keys,values,key at=({1, 2, 3}, {4, 5, 6}, 3, 2.25),({1, 2, 3}, {4, 5, 6}, 3, 9)
double found(const double *keys, const double *values, int n, double key) {
  int i = 0;
  while (i < n && keys[i] < key)
    ++i;
  if (i == n)
    return values[n - 1];
  return values[i] * (key - keys[i]);
}
