// RUN: %check-values %s
// Gaussian elimination with partial pivoting, in place: rows are exchanged as the values decide.
#include <cmath>
#include <utility>

// CHECK-VALUES: lu wrt=a at=({1, 2, 3, 4, 5, 6, 7, 8, 10}, {0, 0, 0}, 3),({0.5, 1, 2, 1}, {0, 0}, 2),({5}, {0}, 1)
void lu(double *a, int *pivot, int n) {
  for (int k = 0; k < n; ++k) {
    int p = k;
    for (int i = k + 1; i < n; ++i)
      if (std::fabs(a[i * n + k]) > std::fabs(a[p * n + k]))
        p = i;
    pivot[k] = p;
    if (p != k)
      for (int j = 0; j < n; ++j)
        std::swap(a[k * n + j], a[p * n + j]);
    for (int i = k + 1; i < n; ++i) {
      a[i * n + k] /= a[k * n + k];
      for (int j = k + 1; j < n; ++j)
        a[i * n + j] -= a[i * n + k] * a[k * n + j];
    }
  }
}

// CHECK-VALUES: solve wrt=a,b at=({1, 2, 3, 4, 5, 6, 7, 8, 10}, {1, 0.5, 2}, 3),({0, 2, 1, 1}, {3, 4}, 2),({2}, {3}, 1)
bool solve(double *a, double *b, int n) {
  for (int k = 0; k < n; k++) {
    int best = k;
    double largest = std::fabs(a[k * n + k]);
    for (int i = k + 1; i < n; i++)
      if (std::fabs(a[i * n + k]) > largest) {
        largest = std::fabs(a[i * n + k]);
        best = i;
      }
    if (largest < 1e-12)
      return false;
    if (best != k) {
      for (int j = k; j < n; j++) {
        double t = a[k * n + j];
        a[k * n + j] = a[best * n + j];
        a[best * n + j] = t;
      }
      double t = b[k];
      b[k] = b[best];
      b[best] = t;
    }
    for (int i = k + 1; i < n; i++) {
      double factor = a[i * n + k] / a[k * n + k];
      for (int j = k; j < n; j++)
        a[i * n + j] -= factor * a[k * n + j];
      b[i] -= factor * b[k];
    }
  }
  for (int i = n - 1; i >= 0; i--) {
    for (int j = i + 1; j < n; j++)
      b[i] -= a[i * n + j] * b[j];
    b[i] /= a[i * n + i];
  }
  return true;
}

// CHECK-VALUES: determinant wrt=m at=({{1, 2, 3}, {4, 5, 6}, {7, 8, 10}}),({{0.5, 2, 1}, {0.25, 1.5, 3}, {-2, 1, 0.75}})
double determinant(const double (*m)[3]) {
  double a[3][3];
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j)
      a[i][j] = m[i][j];
  double det = 1;
  for (int k = 0; k < 3; ++k) {
    int p = k;
    for (int i = k + 1; i < 3; ++i)
      if (std::abs(a[i][k]) > std::abs(a[p][k]))
        p = i;
    if (p != k) {
      for (int j = 0; j < 3; ++j)
        std::swap(a[p][j], a[k][j]);
      det = -det;
    }
    det *= a[k][k];
    for (int i = k + 1; i < 3; ++i) {
      const double f = a[i][k] / a[k][k];
      for (int j = k; j < 3; ++j)
        a[i][j] -= f * a[k][j];
    }
  }
  return det;
}
