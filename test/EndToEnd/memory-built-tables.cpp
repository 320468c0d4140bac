// RUN: %check-values %s
// Tables and views that the function builds, in trips of loops too, and lists that it leaves early.
#include "Inputs/types/views.h"
#include <cmath>
#include <vector>

// CHECK-VALUES: twice wrt=x at=(rand(3, 1), 3)
double twice(double *x, int n) {
  double *t[2] = {x, x};
  double s = 0;
  for (int i = 0; i < n; ++i) {
    t[i % 2][i] *= t[1 - i % 2][i];
    s += t[0][i] * x[i];
  }
  return s;
}
// CHECK-VALUES: shifted wrt=x at=(rand(5, 1), 4)
void shifted(double *x, int n) {
  double *t[2] = {x, x + 1};
  for (int k = 0; k < 2; ++k)
    for (int i = 0; i < n - 1; ++i)
      t[1 - k][i] += t[k][i] * t[k][i];
}
// CHECK-VALUES: in_trips wrt=x,y at=(rand(6, 1), rand(6, 2), 3)
double in_trips(double *x, double *y, int n) {
  double s = 1;
  for (int i = 0; i < n; ++i) {
    View v[2] = {{x + i, 2, 1}, {y + 2 * i, 2, 1}};
    for (int k = 0; k < 2; ++k)
      for (int j = 0; j < v[k].rows; ++j) {
        v[k].data[j] *= std::sin(v[1 - k].data[j] * s);
        s += v[k].data[j] * v[(j + i) % 2].data[0];
      }
  }
  return s;
}
// CHECK-VALUES: tables_in_trips wrt=x,y at=(rand(6, 1), rand(6, 2), 3)
double tables_in_trips(double *x, double *y, int n) {
  double s = 1;
  for (int i = 0; i < n; ++i) {
    double *v[2] = {x + i, y + 2 * i};
    if (s > 1.5)
      v[1] = x;
    for (int k = 0; k < 2; ++k)
      for (int j = 0; j < 2; ++j) {
        v[k][j] *= std::sin(v[1 - k][j] * s);
        s += v[k][j] * v[(j + i) % 2][0];
      }
  }
  return s;
}
// CHECK-VALUES: filled wrt=x at=(rand(6, 1), 3)
double filled(double *x, int n) {
  double *rows[4];
  for (int i = 0; i < n; ++i)
    rows[i] = x + 2 * i;
  double s = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < 2; ++j) {
      rows[i][j] *= rows[(i + 1) % n][1 - j];
      s += rows[i][j] * rows[0][0];
    }
  return s;
}
// CHECK-VALUES: filled_vector wrt=x at=(rand(6, 1), 3)
double filled_vector(double *x, int n) {
  std::vector<double *> rows(n);
  for (int i = 0; i < n; ++i)
    rows[i] = x + 2 * i;
  double s = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < 2; ++j) {
      rows[i][j] *= rows[(i + 1) % n][1 - j];
      s += rows[i][j] * rows[0][0];
    }
  return s;
}
// CHECK-VALUES: followed wrt=x,y at=(rand(3, 1), rand(3, 2), true),(rand(3, 1), rand(3, 2), false)
double followed(const double *x, double *y, bool c) {
  const double *t[2] = {x, y};
  const double *p = c ? t[0] : t[1];
  double s = 0;
  for (int i = 0; i < 3; ++i) {
    s += p[i] * p[0];
    p = t[(i + c) % 2];
    y[i] *= s;
  }
  return s;
}
// CHECK-VALUES: carried wrt=row at=({memory(rand(3, 1)), memory(rand(3, 2))}, 2)
double carried(double **row, int n) {
  double s = 1;
  double *p = row[0];
  for (int i = 0; i < 6; ++i) {
    s += p[i % 3] * s;
    p[i % 3] *= s;
    if (s > 2)
      p = row[(i + 1) % n];
  }
  return s;
}
// CHECK-VALUES: matrices wrt=v at=({View{memory(rand(3, 1)), 3, 1}, View{memory(rand(2, 2)), 2, 1}}),({})
double matrices(const std::vector<View> &v) {
  double s = 1;
  for (const View &m : v)
    for (int i = 0; i < m.rows; ++i)
      s += m.data[i] * s;
  return s;
}
// CHECK-VALUES: mutual wrt=a at=({1, memory<Node>({{2, nullptr}})})
double mutual(Node &a) {
  double s = 0;
  for (int i = 0; i < 3; ++i) {
    a.next->value *= a.value;
    a.value += a.next->value * a.next->value;
    s += a.value;
  }
  if (a.next->next)
    s += a.next->next->value;
  return s;
}
// CHECK-VALUES: exits wrt=list at=({Node{3, memory<Node>({{0.5, nullptr}})}}, 1.0),({Node{0.5, memory<Node>({{4, nullptr}})}}, 1.0),(null, 1.0)
double exits(const Node *list, double limit) {
  double s = 0;
  while (list) {
    s += list->value * list->value;
    if (s > limit)
      break;
    list = list->next;
  }
  return s * s;
}
// No pointer of the list leads to what the function makes itself, and changes the size of.
struct Square {
  Square(int n, double x) : n(n), elements(n * n, x) {}
  double trace() const {
    double s = 0;
    for (int i = 0; i < n; ++i)
      s += elements[i * n + i];
    return s;
  }
  int n;
  std::vector<double> elements;
};
// CHECK-VALUES: beside_objects wrt=list,y at=({Node{3, memory<Node>({{0.5, nullptr}})}}, 2),({Node{2, nullptr}}, 0.3),(null, 1.0)
double beside_objects(Node *list, double y) {
  double s = y;
  for (Node *a = list; a; a = a->next)
    for (Node *b = list; b; b = b->next) {
      Square m(2, y * b->value);
      s += m.trace() * a->value;
      a->value += 0.25 * b->value;
      m.elements.push_back(s);
      s += 0.1 * m.elements.back() * m.elements[1];
    }
  return s;
}
// CHECK-VALUES: gather wrt=t at=(Planes{{memory(rand(3, 1)), memory(rand(3, 2))}, memory(rand(3, 3)), 3})
double gather(Planes t) {
  double s = 0;
  double w[2] = {1, 2};
  for (int i = 0; i < t.n; ++i) {
    double *p = t.plane[i % 2];
    w[i % 2] *= p[i];
    p[i] = w[0] * t.weight[i];
    s += p[i] * w[1] * w[i % 2];
  }
  return s;
}
