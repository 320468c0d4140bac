// RUN: %check-values %s
// Substitution with a triangular matrix: what an earlier trip wrote is read.

// CHECK-VALUES: forward_substitution wrt=L,b,x at=({2, 0, 0, 0.5, 1.5, 0, -1, 0.25, 3}, {1, 2, 3}, {7, 8, 9}, 3),({2}, {3}, {7}, 1),({}, {}, {}, 0)
// CHECK-VALUES: forward_substitution wrt=L,b,x at=({2, 0, 0, 0.5, 1.5, 0, -1, 0.25, 3}, {1, 2, 3}, _, 3) alias=x:b
void forward_substitution(const double *L, const double *b, double *x, int n) {
  for (int i = 0; i < n; ++i) {
    x[i] = b[i];
    for (int j = 0; j < i; ++j)
      x[i] -= L[i * n + j] * x[j];
    x[i] /= L[i * n + i];
  }
}

// CHECK-VALUES: back_substitution wrt=U,x at=({2, 0.5, -1, 0, 1.5, 0.25, 0, 0, 3}, {1, 2, 3}, 3),({2}, {3}, 1)
void back_substitution(const double *U, double *x, int n) {
  for (int i = n - 1; i >= 0; i--) {
    double sum = x[i];
    for (int j = i + 1; j < n; j++)
      sum -= U[i * n + j] * x[j];
    x[i] = sum / U[i * n + i];
  }
}

// By columns: each trip updates all that follow.
// CHECK-VALUES: by_columns wrt=L,x at=({2, 0, 0, 0.5, 1.5, 0, -1, 0.25, 3}, {1, 2, 3}, 3)
void by_columns(const double *L, double *x, int n) {
  for (int j = 0; j < n; ++j) {
    x[j] /= L[j * n + j];
    for (int i = j + 1; i < n; ++i)
      x[i] -= L[i * n + j] * x[j];
  }
}

// The Thomas algorithm; all four arrays are overwritten.
// CHECK-VALUES: tridiagonal wrt=a,b,c,d at=(rand(4, 1), rand(4, 2, 3, 4), rand(4, 3), rand(4, 4), 4),({0}, {2}, {0}, {3}, 1)
void tridiagonal(double *a, double *b, double *c, double *d, int n) {
  for (int i = 1; i < n; ++i) {
    double w = a[i] / b[i - 1];
    b[i] -= w * c[i - 1];
    d[i] -= w * d[i - 1];
    a[i] = w;
  }
  d[n - 1] /= b[n - 1];
  for (int i = n - 2; i >= 0; --i)
    d[i] = (d[i] - c[i] * d[i + 1]) / b[i];
}
