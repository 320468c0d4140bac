// RUN: %check-values %s
// Stores in nested loops whose bounds depend on the outer one.
#include <cmath>

// CHECK-VALUES: lower wrt=a at=(rand(9, 1), 3),({2}, 1),({}, 0)
void lower(double *a, int n) {
  for (int i = 0; i < n; ++i)
    for (int j = 0; j <= i; ++j)
      a[i * n + j] = a[i * n + j] * a[j * n + i] + 1;
}

// CHECK-VALUES: pascal wrt=x,row at=({0.5}, {0, 0, 0, 0}, 4),({0.5}, {}, 0)
void pascal(const double *x, double *row, int n) {
  for (int i = 0; i < n; ++i) {
    row[i] = 1;
    for (int j = i - 1; j > 0; --j)
      row[j] = row[j] * *x + row[j - 1];
  }
}

// CHECK-VALUES: divided_differences wrt=x,y at=({0, 1, 2.5, 4}, {1, 3, 2, 5}, 4),({1}, {2}, 1)
void divided_differences(const double *x, double *y, int n) {
  for (int k = 1; k < n; ++k)
    for (int i = n - 1; i >= k; --i)
      y[i] = (y[i] - y[i - 1]) / (x[i] - x[i - k]);
}

// CHECK-VALUES: packed wrt=p at=(rand(6, 1), 3)
double packed(double *p, int n) {
  int k = 0;
  double s = 0;
  for (int i = 0; i < n; ++i)
    for (int j = i; j < n; ++j) {
      p[k] *= i == j ? 1 : 2;
      s += p[k] * p[k];
      ++k;
    }
  return s;
}

// CHECK-VALUES: interleaved wrt=x at=(rand(8, 1), 8),(rand(5, 1), 5)
void interleaved(double *x, int n) {
  for (int step = 1; step < n; step *= 2)
    for (int i = 0; i + step < n; i += 2 * step)
      x[i] += x[i + step] * x[i];
}

// CHECK-VALUES: three_deep wrt=a at=(rand(8, 1), 2)
void three_deep(double *a, int n) {
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n - i; ++j)
      for (int k = j; k < n; ++k)
        a[(i * n + j) * n + k] = a[(i * n + k) * n + j] * a[k] + std::sin(a[j]);
}

// CHECK-VALUES: bounded_by_an_array wrt=x at=(rand(6, 1), {0, 2, 1, 3}, 4)
void bounded_by_an_array(double *x, const int *count, int n) {
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < count[i]; ++j)
      x[i + j] *= x[j];
}

// The inner counter gets below zero: it is no index of a tape.
// CHECK-VALUES: below_zero wrt=x at=(rand(5, 1), 3),(rand(2, 1), 0),({}, -3)
double below_zero(const double *x, int n) {
  double p = 0.5;
  for (int k = 2; k > -3; --k)
    for (int i = k; i < n; ++i)
      p *= x[i + 2] * p;
  return p;
}
