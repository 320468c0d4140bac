// RUN: %check-values %s
// RUN: %check-values %s --adgen "adgen --disable-pass=ad-distribute-loops"
// RUN: adgen %s -o %t.cpp
// RUN: FileCheck %s --check-prefix=TEXT --input-file %t.cpp
// Loops whose expensive part runs ahead of the rest, and such where a trip reads what an
// earlier one has written.
#include "Inputs/types/points.h"
#include <cmath>
#include <vector>

static double potential(double r) {
  const double s = 1 / (r * r * r);
  return s * s - s;
}

// CHECK-VALUES: triangle wrt=p at=({}, 0),({{1, 2}}, 1),({{1, 2}, {0, 0.5}}, 2),({}, -3)
// CHECK-VALUES: triangle wrt=p at=({{1, 2}, {0, 0.5}, {2, 1}, {3, 3}, {-1, 2}, {0, 4}, {5, 1}, {6, 2}, {1, 7}, {2, 9}, {4, 4}, {7, 7}, {8, 3}, {9, 5}, {3, 8}, {6, 6}, {5, 9}}, 17)
// TEXT-LABEL: void triangle_grad(
// TEXT:       t_row[j] = 2 * potential_grad
double triangle(const Point *p, int n) {
  double sum = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) {
      const double x = p[i].x - p[j].x, y = p[i].y - p[j].y;
      sum += potential(x * x + y * y);
    }
  return sum;
}

// CHECK-VALUES: above wrt=p at=({}, 0),({{1, 2}}, 1),({{1, 2}, {0, 0.5}}, 2),({{1, 2}, {0, 0.5}, {2, 1}, {3, 3}, {-1, 2}}, 5)
// TEXT-LABEL: void above_grad(
// TEXT:       for (std::size_t j = i + 1; j < n; ++j) {
// TEXT:       t_row[j] = 2 * potential_grad
double above(const Point *p, std::size_t n) {
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = i + 1; j < n; ++j) {
      const double x = p[i].x - p[j].x, y = p[i].y - p[j].y;
      sum += potential(x * x + y * y);
    }
  return sum;
}

// The bound is included, and more than the outer counter.
// CHECK-VALUES: included wrt=p at=({{1, 2}, {0, 0.5}, {2, 1}}, 0),({{1, 2}, {0, 0.5}, {2, 1}, {3, 3}}, 1),({{1, 2}, {0, 0.5}, {2, 1}, {3, 3}, {5, 4}, {6, 8}, {7, 1}}, 4)
// TEXT-LABEL: void included_grad(
// TEXT:       std::vector<double> [[ROW:.*]](std::max(n + 2, 0));
// TEXT:       for (int j = 0; j <= i + 2; ++j) {
double included(const Point *p, int n) {
  double sum = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j <= i + 2; ++j) {
      const double x = p[i].x - p[j].x, y = p[i].y - p[j].y;
      const double r = x * x + y * y + 1;
      sum += 1 / (r * r * r);
    }
  return sum;
}

// CHECK-VALUES: inverses wrt=p at=({}, 2),({{1, 2}}, 2),({{1, 2}, {0, 0.5}}, 0),({{1, 2}, {0, 0.5}, {2, 1}, {3, 3}, {-1, 2}}, 3)
// TEXT-LABEL: void inverses_grad(
// TEXT:       std::vector<double> inverse_row(
// TEXT-NOT:   inverse_row2
// TEXT:       inverse_row[j] = 1 / std::sqrt(
double inverses(const std::vector<Point> &p, int steps) {
  double sum = 0;
  for (int step = 0; step < steps; ++step) {
    const int n = p.size();
    for (int i = 0; i < n; ++i)
      for (int j = 0; j < i; ++j) {
        const double x = p[i].x - p[j].x, y = p[i].y - p[j].y;
        const double inverse = 1 / std::sqrt(x * x + y * y + 1e-2);
        sum += inverse * inverse * inverse * (step + 1);
      }
  }
  return sum;
}

// What the parameters may share orders what is read and written.
// CHECK-VALUES: shared wrt=p,f at=({{1, 2}, {0, 0.5}, {2, 1}}, {{1, 1}, {2, 2}, {3, 3}}, 3),({}, {}, 0)
// TEXT-LABEL: void shared_grad(
// TEXT-NOT:   _row
void shared(const Point *p, Point *f, int n) {
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) {
      const double x = p[i].x - p[j].x, y = p[i].y - p[j].y;
      const double r = x * x + y * y + 1, s = 1 / (r * r * r);
      f[j].x += s * x;
      f[j].y += s * y;
    }
}

// Each trip moves what the next one reads.
// TEXT-LABEL: void moved_grad(
// TEXT-NOT:   _row
// CHECK-VALUES: moved wrt=p at=({{1, 2}, {0, 0.5}, {2, 1}, {3, 3}, {-1, 2}}, 5),({{1, 2}}, 1),({}, 0)
void moved(Point *p, int n) {
  for (int i = 1; i < n; ++i) {
    const double x = p[i - 1].x, y = p[i - 1].y, r = x * x + y * y + 1;
    p[i].x += x / (r * r * r);
    p[i].y += y / (r * r * r);
  }
}

// The adjoint of a trip is what another one has added to.
// TEXT-LABEL: void chained_grad(
// CHECK-VALUES: chained wrt=p at=({{1, 2}, {0, 0.5}, {2, 1}, {3, 3}, {-1, 2}}, 5),({{1, 2}}, 1),({}, 0)
double chained(const Point *p, int n) {
  std::vector<Point> q(n);
  for (int i = 0; i < n; ++i) {
    q[i] = p[i];
    for (int j = 0; j < i; ++j) {
      const double x = q[i].x - q[j].x, y = q[i].y - q[j].y;
      const double r = x * x + y * y + 1, s = 1 / (r * r * r);
      q[i].x += s * x;
      q[j].y += s * y;
    }
  }
  double sum = 0;
  for (int i = 0; i < n; ++i)
    sum += q[i].x * q[i].y;
  return sum;
}
