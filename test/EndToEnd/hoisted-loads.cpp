// RUN: %check-values %s
// RUN: %check-values %s --adgen "adgen --disable-pass=ad-trim-trips --disable-pass=ad-promote-sums"
// RUN: adgen %s -o %t.cpp
// RUN: FileCheck %s --check-prefix=TEXT --input-file %t.cpp
// RUN: adgen %s --function pairs -o - --disable-pass=ad-hoist-loads | FileCheck %s --check-prefix=WITHOUT
// What all trips of a loop read is read in front of it, where a compiler cannot know that it
// stays the same.
#include "Inputs/types/points.h"

#include <cmath>
#include <vector>

// TEXT-LABEL: void pairs_grad(
// TEXT:        const double p_x = p[i].x;
// TEXT-NEXT:   const double p_y = p[i].y;
// TEXT:        for (int j = 0; j < i; ++j) {
// TEXT-NEXT:     const double dx = p_x - p[j].x;
// TEXT-NEXT:     const double dy = p_y - p[j].y;
// WITHOUT-NOT: p_x
// CHECK-VALUES: pairs wrt=p at=({{1, 2}, {0, 0.5}, {2, 1}, {3, 3}, {-1, 2}}, 5),({{1, 2}, {3, 4}}, 2),({{1, 2}}, 1),({}, 0)
double pairs(const Point *p, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) {
      const double dx = p[i].x - p[j].x, dy = p[i].y - p[j].y;
      s += std::exp(-(dx * dx + dy * dy));
    }
  return s;
}

// Parts of one row of numbers.
// TEXT-LABEL: void rows_grad(
// TEXT:        const double x_i = x[2 * i];
// TEXT-NEXT:   const double x_i_1 = x[2 * i + 1];
// CHECK-VALUES: rows wrt=x at=(rand(10, 1), 5),({1, 2, 3, 4}, 2),({}, 0)
double rows(const std::vector<double> &x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) {
      const double dx = x[2 * i] - x[2 * j], dy = x[2 * i + 1] - x[2 * j + 1];
      s += std::exp(-(dx * dx + dy * dy));
    }
  return s;
}

// The elements need not exist where the loop has no trip.
// TEXT-LABEL: void elsewhere_grad(
// TEXT:        for (int i = 0; i < n; ++i) {
// TEXT-NEXT:     const double x_k = x[k];
// TEXT:          const double y_k = y[k];
// CHECK-VALUES: elsewhere wrt=x,y at=(rand(5, 1), rand(5, 2), 2, 4),({3}, {2}, 0, 1),({}, {}, 7, 0)
double elsewhere(const std::vector<double> &x, const std::vector<double> &y, int k, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += std::sin(x[k] * y[i]) * y[k] * x[i] * x[i];
  return s;
}

// The user's promise tells a compiler as much.
// TEXT-LABEL: void promised_grad(
// TEXT-NOT:    const double p_x
// CHECK-VALUES: promised wrt=p at=({{1, 2}, {0, 0.5}, {2, 1}, {3, 3}, {-1, 2}}, 5),({{1, 2}}, 1),({}, 0)
double promised(const Point *__restrict p, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) {
      const double dx = p[i].x - p[j].x, dy = p[i].y - p[j].y;
      s += std::exp(-(dx * dx + dy * dy));
    }
  return s;
}

// What a trip changes is read again: elements of the same object, and the adjoints that
// others are added to.
// CHECK-VALUES: in_place wrt=x,m at=(rand(8, 1), rand(4, 2), 4),({1, 2}, {3}, 1),({}, {}, 0)
void in_place(std::vector<double> &x, const std::vector<double> &m, int n) {
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) {
      const double d = x[2 * i] - x[2 * j] * m[i];
      x[2 * i + 1] += d * x[2 * i] * m[i];
      x[2 * j] = d * x[2 * j + 1] - x[2 * i + 1];
    }
}
// CHECK-VALUES: onto_itself wrt=x,f at=(rand(5, 1), rand(5, 2), 5),({1}, {2}, 1)
void onto_itself(const std::vector<double> &x, std::vector<double> &f, int n) {
  for (int i = 0; i < n; ++i)
    for (int j = 0; j <= i; ++j) {
      const double t = (x[i] - 2 * x[j]) * x[i];
      f[i] += t * x[j];
      f[j] -= t * t;
    }
}
// Where the trip of the outer loop touches them, they exist; not in a branch.
// CHECK-VALUES: beside wrt=x,y at=(rand(5, 1), rand(5, 2), 5, 3),({1}, {2}, 1, 1),({1}, {1}, 1, 0),({}, {}, 0, 2)
double beside(const std::vector<double> &x, const std::vector<double> &y, int n, int m) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    s += x[i] * y[i];
    for (int j = 0; j < m; ++j)
      s += std::sin(x[i] * y[j]) * std::exp(y[i] * x[j]);
  }
  return s;
}
// CHECK-VALUES: behind_condition wrt=x,y at=(rand(5, 1), rand(5, 2), 5, 3),({}, {}, 3, 0),({1}, {2}, 1, 1)
double behind_condition(const std::vector<double> &x, const std::vector<double> &y, int n, int m) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    if (m > 0)
      s += x[i] * y[i];
    for (int j = 0; j < m; ++j)
      s += std::sin(x[i] * y[j]) * std::exp(y[i] * x[j]);
  }
  return s;
}
