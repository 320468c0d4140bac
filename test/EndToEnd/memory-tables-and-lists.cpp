// RUN: %check-values %s
// Pointers that are found in memory: in views and tables that are built, passed, changed and written through.
#include "Inputs/types/views.h"
#include <vector>

// What two views show may be one array.
// CHECK-VALUES: add_squares wrt=a,b at=(View{memory({1, 2, 3}), 3, 1}, View{memory({0.5, -1, 2}), 3, 1}),(View{memory({}), 0, 1}, View{memory({}), 0, 1})
void add_squares(View a, View b) {
  for (int i = 0; i < a.rows; ++i)
    a.data[i] += a.data[0] * b.data[i] * b.data[i];
}

// CHECK-VALUES: weighted wrt=s,y at=(Source{memory(rand(3, 1)), 3}, rand(3, 2)),(Source{memory({2}), 1}, {3})
double weighted(const Source &s, double *y) {
  double sum = 0;
  for (int i = 0; i < s.n; ++i) {
    y[i] = s.data[i] * y[i] * y[i];
    sum += y[i] * s.data[s.n - 1 - i];
  }
  return sum;
}

// No derivative through what is read of the view.
// CHECK-VALUES: passive wrt=y at=(Source{memory(rand(3, 1)), 3}, rand(3, 2))
void passive(const Source &s, double *y) {
  for (int i = 0; i < s.n; ++i)
    y[i] = s.data[i] * y[i] * y[i];
}

// The view is the function's own.
// CHECK-VALUES: shrinking wrt=m at=(View{memory(rand(6, 1)), 3, 2}),(View{memory({1, 2}), 1, 2}),(View{memory({}), 0, 2})
double shrinking(View m) {
  double p = 1;
  for (; m.rows > 0; --m.rows) {
    p *= m.data[0] + m.data[1] * p;
    m.data += m.cols;
  }
  return p;
}

// CHECK-VALUES: accumulate_list wrt=list at=({Node{3, memory<Node>({{0.5, nullptr}})}}),({Node{2, nullptr}}),(null)
double accumulate_list(Node *list) {
  double s = 1;
  for (Node *n = list; n != nullptr; n = n->next) {
    n->value *= s;
    s += n->value * n->value;
  }
  return s;
}

// CHECK-VALUES: determinant wrt=m at=(Matrix{memory({2, 1, 0.5, 3}), 2})
double determinant(Matrix &m) {
  m.at(1, 1) -= m.at(1, 0) / m.at(0, 0) * m.at(0, 1);
  const Matrix &same = m;
  return same.at(0, 0) * same.at(1, 1);
}

// CHECK-VALUES: planes wrt=p at=(Planes{{memory(rand(3, 1)), memory(rand(3, 2))}, memory(rand(3, 3)), 3})
void planes(const Planes &p) {
  for (int k = 0; k < 2; ++k)
    for (int i = 0; i < p.n; ++i)
      p.plane[k][i] *= p.weight[i] * p.plane[1 - k][i];
}

// CHECK-VALUES: constant_rows wrt=row at=({memory(rand(2, 1)), memory(rand(2, 2))}, 2)
double constant_rows(const double *const *row, int n) {
  double s = 1;
  for (int i = 0; i < n; ++i)
    s *= row[i][0] + row[n - 1 - i][1];
  return s;
}

// CHECK-VALUES: row_vector wrt=rows at=({memory(rand(2, 1)), memory(rand(2, 2))})
double row_vector(const std::vector<double *> &rows) {
  double s = 1;
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows[i][1] *= s += rows[i][0];
  return s;
}

// A table of the function's own, through which it writes.
// CHECK-VALUES: own_table wrt=x,y at=(rand(3, 1), rand(3, 2), 3),({}, {}, 0)
void own_table(double *x, double *y, int n) {
  double *both[2] = {x, y};
  for (int i = 0; i < n; ++i)
    for (int k = 0; k < 2; ++k)
      both[k][i] *= both[1 - k][i];
}

// CHECK-VALUES: own_views wrt=x at=(rand(4, 1), 2),({1, 2}, 1)
double own_views(double *x, int n) {
  View half[2] = {{x, n, 1}, {x + n, n, 1}};
  double s = 0;
  for (int k = 0; k < 2; ++k)
    for (int i = 0; i < half[k].rows; ++i) {
      half[k].data[i] *= half[0].data[i];
      s += half[1 - k].data[i] * half[k].data[i];
    }
  return s;
}

static View row_of(View m, int i) { return {m.data + i * m.cols, 1, m.cols}; }

// CHECK-VALUES: views_of_rows wrt=m at=(View{memory(rand(6, 1)), 3, 2})
double views_of_rows(View m) {
  double s = 0;
  for (int i = 0; i < m.rows; ++i) {
    View row = row_of(m, i);
    for (int j = 0; j < row.cols; ++j)
      s += row.data[j] * s + row.data[j];
  }
  return s;
}

// Arrays of the function's own have nothing to do with the view.
// CHECK-VALUES: scratch wrt=m at=(View{memory(rand(4, 1)), 2, 2})
void scratch(View m) {
  double t[2];
  for (int i = 0; i < m.rows; ++i) {
    for (int j = 0; j < 2; ++j)
      t[j] = m.data[i * m.cols + j] * m.data[i * m.cols + 1 - j];
    for (int j = 0; j < 2; ++j)
      m.data[i * m.cols + j] = t[j] * t[j];
  }
}
