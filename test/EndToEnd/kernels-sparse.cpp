// RUN: %check-values %s
// Sparse matrices: rows of unequal length, places from index arrays.
#include <cmath>

// CHECK-VALUES: csr wrt=value,x,y at=({0, 2, 2, 5}, {0, 2, 1, 0, 2}, rand(5, 1), rand(3, 2), {7, 8, 9}, 3),({0}, {}, {}, {}, {}, 0),({0, 1}, {0}, {2}, {3}, {7}, 1)
void csr(const int *start, const int *column, const double *value, const double *x, double *y, int rows) {
  for (int i = 0; i < rows; ++i) {
    double s = 0;
    for (int k = start[i]; k < start[i + 1]; ++k)
      s += value[k] * x[column[k]];
    y[i] = s;
  }
}

// By columns: y is scattered to.
// CHECK-VALUES: csc wrt=value,x,y at=({0, 2, 2, 5}, {0, 2, 1, 0, 2}, rand(5, 1), rand(3, 2), {7, 8, 9}, 3)
void csc(const int *start, const int *row, const double *value, const double *x, double *y, int n) {
  for (int i = 0; i < n; ++i)
    y[i] = 0;
  for (int j = 0; j < n; ++j)
    for (int k = start[j]; k < start[j + 1]; ++k)
      y[row[k]] += value[k] * x[j];
}

// CHECK-VALUES: coordinates wrt=entry,x at=({0, 1, 1, 2}, {1, 0, 1, 2}, rand(4, 1), rand(3, 2), 4)
double coordinates(const int *i, const int *j, const double *entry, const double *x, int count) {
  double form = 0;
  for (int k = 0; k < count; ++k)
    form += x[i[k]] * entry[k] * x[j[k]];
  return form;
}

// A graph: each node takes from its neighbours, some rounds long.
// CHECK-VALUES: rank wrt=x,damping at=({0, 1, 3, 4}, {1, 0, 2, 0}, rand(3, 1, 0.5, 1.5), 0.75, 3, 2)
void rank(const int *start, const int *neighbour, double *x, double damping, int n, int rounds) {
  double next[8];
  for (int r = 0; r < rounds; ++r) {
    for (int i = 0; i < n; ++i)
      next[i] = (1 - damping) / n;
    for (int i = 0; i < n; ++i) {
      const int degree = start[i + 1] - start[i];
      for (int k = start[i]; k < start[i + 1]; ++k)
        next[neighbour[k]] += damping * x[i] * x[i] / degree;
    }
    for (int i = 0; i < n; ++i)
      x[i] = next[i];
  }
}
