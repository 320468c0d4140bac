// RUN: %check-values %s
// Structs that refer to memory: views of matrices, lists, tables of rows.
#include "Inputs/types/views.h"

// CHECK-VALUES: trace wrt=m at=(View{memory({1, 2, 3, 4}), 2, 2})
double trace(View m) {
  double t = 0;
  for (int i = 0; i < m.rows; ++i)
    t += m.data[i * m.cols + i] * m.data[i * m.cols + i];
  return t;
}

// CHECK-VALUES: doubled wrt=m at=(View{memory(rand(6, 1)), 2, 3})
void doubled(const View &m) {
  for (int i = 0; i < m.rows * m.cols; ++i)
    m.data[i] *= 2 * m.data[i];
}

// CHECK-VALUES: sum wrt=s at=(Source{memory(rand(3, 1)), 3}),(Source{memory({}), 0})
double sum(const Source &s) {
  double r = 0;
  for (int i = 0; i < s.n; ++i)
    r += s.data[i] * s.data[i];
  return r;
}

// CHECK-VALUES: product wrt=list at=({2, memory<Node>({{3, memory<Node>({{0.5, nullptr}})}})})
double product(const Node &list) {
  double p = 1;
  for (const Node *n = &list; n; n = n->next)
    p *= n->value;
  return p;
}

// CHECK-VALUES: of_rows wrt=row at=({memory(rand(3, 1)), memory(rand(3, 2))}, 2, 3)
double of_rows(double **row, int rows, int cols) {
  double s = 0;
  for (int i = 0; i < rows; ++i)
    for (int j = 0; j < cols; ++j) {
      row[i][j] *= row[i][j];
      s += row[i][j] * (i + j);
    }
  return s;
}

// The view's pointer is read as one to const, and written through.
// CHECK-VALUES: read_as_const wrt=m,y at=(View{memory({1, 2, 3, 4}), 2, 2}, 0.5)
double read_as_const(const View &m, double y) {
  const double *p = m.data;
  const double s = p[0];
  m.data[1] = s * y;
  return m.data[0] * m.data[1];
}
