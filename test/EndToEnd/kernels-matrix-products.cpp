// RUN: %check-values %s
// Products of matrices and vectors, in several storages.
#include <cmath>

// CHECK-VALUES: matvec wrt=A,x,y at=(rand(6, 1), rand(3, 2), {7, 8}, 2, 3),({2}, {3}, {4}, 1, 1),({}, {}, {7}, 1, 0)
void matvec(const double *A, const double *x, double *y, int rows, int cols) {
  for (int i = 0; i < rows; ++i) {
    y[i] = 0;
    for (int j = 0; j < cols; ++j)
      y[i] += A[i * cols + j] * x[j];
  }
}

// CHECK-VALUES: transposed_matvec wrt=A,x,y at=(rand(6, 1), rand(2, 2), {7, 8, 9}, 2, 3)
void transposed_matvec(const double *A, const double *x, double *y, int rows, int cols) {
  for (int j = 0; j < cols; ++j)
    y[j] = 0;
  for (int i = 0; i < rows; ++i)
    for (int j = 0; j < cols; ++j)
      y[j] += A[i * cols + j] * x[i];
}

// CHECK-VALUES: matmat wrt=A,B,C at=(rand(6, 1), rand(6, 2), rand(4, 3), 2, 3, 2),({2}, {3}, {4}, 1, 1, 1)
// CHECK-VALUES: matmat wrt=A,B,C at=(rand(4, 1), _, rand(4, 3), 2, 2, 2) alias=B:A
void matmat(const double *A, const double *B, double *C, int n, int k, int m) {
  for (int i = 0; i < n; i++)
    for (int j = 0; j < m; j++) {
      double sum = 0.0;
      for (int l = 0; l < k; l++)
        sum += A[i * k + l] * B[l * m + j];
      C[i * m + j] = sum;
    }
}

// CHECK-VALUES: quadratic_form wrt=A,x at=(rand(9, 1), rand(3, 2))
double quadratic_form(const double (&A)[3][3], const double x[3]) {
  double q = 0;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j)
      q += x[i] * A[i][j] * x[j];
  return q;
}

// CHECK-VALUES: frobenius wrt=m at=(rand(6, 1), 2),({{1, 2, 3}}, 1)
double frobenius(const double m[][3], int rows) {
  double s = 0;
  for (int i = 0; i < rows; ++i)
    for (int j = 0; j < 3; ++j)
      s += m[i][j] * m[i][j];
  return std::sqrt(s);
}

// CHECK-VALUES: multiplied wrt=a,b,c at=(rand(4, 1), rand(4, 2), rand(4, 3))
void multiplied(const double a[2][2], const double b[2][2], double c[2][2]) {
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 2; ++j) {
      c[i][j] = 0;
      for (int k = 0; k < 2; ++k)
        c[i][j] += a[i][k] * b[k][j];
    }
}

// The power of a matrix by repeated squaring, with copies into local arrays.
// CHECK-VALUES: power wrt=a at=(rand(4, 1), 5),(rand(4, 2), 1),(rand(4, 2), 0)
void power(double (&a)[2][2], int n) {
  double result[2][2] = {{1, 0}, {0, 1}};
  while (n > 0) {
    if (n % 2 == 1) {
      double t[2][2];
      multiplied(result, a, t);
      for (int i = 0; i < 2; ++i)
        for (int j = 0; j < 2; ++j)
          result[i][j] = t[i][j];
    }
    double square[2][2];
    multiplied(a, a, square);
    for (int i = 0; i < 2; ++i)
      for (int j = 0; j < 2; ++j)
        a[i][j] = square[i][j];
    n /= 2;
  }
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 2; ++j)
      a[i][j] = result[i][j];
}
