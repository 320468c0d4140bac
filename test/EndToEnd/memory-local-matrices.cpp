// RUN: %check-values %s
// Local arrays of two and three dimensions.
#include <algorithm>
#include <cmath>

// CHECK-VALUES: determinant wrt=x at=(rand(9, 1))
double determinant(const double *x) {
  double a[3][3];
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j)
      a[i][j] = x[3 * i + j] * (i + j + 1);
  return a[0][0] * (a[1][1] * a[2][2] - a[1][2] * a[2][1]) - a[0][1] * (a[1][0] * a[2][2] - a[1][2] * a[2][0]) +
         a[0][2] * (a[1][0] * a[2][1] - a[1][1] * a[2][0]);
}

// CHECK-VALUES: rotated wrt=angle,v at=({0.3, -0.5}, {1, 2, 3})
void rotated(const double *angle, double *v) {
  const double r[2][3][3] = {{{std::cos(angle[0]), -std::sin(angle[0]), 0}, {std::sin(angle[0]), std::cos(angle[0]), 0}, {0, 0, 1}},
                             {{1, 0, 0}, {0, std::cos(angle[1]), -std::sin(angle[1])}, {0, std::sin(angle[1]), std::cos(angle[1])}}};
  for (int k = 0; k < 2; ++k) {
    double t[3] = {0, 0, 0};
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j)
        t[i] += r[k][i][j] * v[j];
    for (int i = 0; i < 3; ++i)
      v[i] = t[i];
  }
}

// CHECK-VALUES: table wrt=x at=(rand(4, 1), 4),({2}, 1)
double table(const double *x, int n) {
  double t[8][8] = {};
  for (int i = 0; i < n; ++i)
    t[i][i] = x[i];
  for (int length = 1; length < n; ++length)
    for (int i = 0; i + length < n; ++i)
      t[i][i + length] = t[i][i + length - 1] * t[i + 1][i + length] + x[i];
  return t[0][n - 1];
}

// CHECK-VALUES: rows_as_pointers wrt=x at=(rand(6, 1))
double rows_as_pointers(const double *x) {
  double a[2][3];
  for (int i = 0; i < 2; ++i) {
    double *row = a[i];
    for (int j = 0; j < 3; ++j)
      row[j] = x[3 * i + j] * x[j];
  }
  const double(*p)[3] = a;
  return p[0][0] * p[1][2] + (*p)[1] * p[1][1];
}

// CHECK-VALUES: flat wrt=x at=(rand(4, 1))
double flat(const double *x) {
  double a[2][2];
  double *p = &a[0][0];
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 2; ++j)
      a[i][j] = x[2 * i + j];
  for (auto &row : a)
    for (double &e : row)
      e *= e;
  return p[0] * a[1][1] + a[0][1] * a[1][0];
}

// CHECK-VALUES: inverse wrt=m at=({{2, 0.5}, {0.25, 1}})
void inverse(double (*m)[2]) {
  double aug[2][4] = {{m[0][0], m[0][1], 1, 0}, {m[1][0], m[1][1], 0, 1}};
  for (int c = 0; c < 2; ++c) {
    const double pivot = aug[c][c];
    for (int j = 0; j < 4; ++j)
      aug[c][j] /= pivot;
    for (int r = 0; r < 2; ++r) {
      if (r == c)
        continue;
      const double f = aug[r][c];
      for (int j = 0; j < 4; ++j)
        aug[r][j] -= f * aug[c][j];
    }
  }
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 2; ++j)
      m[i][j] = aug[i][j + 2];
}

// A pointer walks from row to row.
// CHECK-VALUES: from_row_to_row wrt=m,t at=(rand(6, 1), 0.7)
double from_row_to_row(const double *m, double t) {
  double a[3][2];
  double *p = &a[0][0];
  for (int k = 0; k < 6; ++k)
    p[k] = m[k] * t;
  a[1][0] = std::sin(p[2]) * p[3];
  p[4] *= a[1][0] + a[2][0];
  double s = 0;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 2; ++j)
      s += a[i][j] * a[i][j] * (i + 1);
  return s;
}

// CHECK-VALUES: read_and_written wrt=x at=(0.5, 2),(0.5, 5),(0.5, 1)
double read_and_written(double x, int i) {
  double a[3][2] = {{x, 2}, {3, x * x}, {0.5, x}};
  double *p = a[0], *q = &a[1][0];
  a[1][0] = std::sin(p[2]) * q[2];
  q[3] = p[i] * p[2];
  p[i] *= a[2][1] + q[0];
  return p[2] * a[1][1] + a[i / 2][i % 2] * p[5];
}

// CHECK-VALUES: copied_whole wrt=m,t at=(rand(6, 1), 0.3)
double copied_whole(const double *m, double t) {
  double p[3][2];
  std::copy(m, m + 6, &p[0][0]);
  for (int k = 2; k > 0; --k)
    for (int i = 0; i < k; ++i)
      for (int d = 0; d < 2; ++d)
        p[i][d] = (1 - t) * p[i][d] + t * p[i + 1][d];
  return p[0][0] * p[0][1];
}
