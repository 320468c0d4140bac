// RUN: %check-values %s
// RUN: %check-values %s --adgen "adgen --disable-pass=ad-promote-sums"
// RUN: adgen %s --function pairs,first -o %t.cpp
// RUN: FileCheck %s --check-prefix=TEXT --input-file %t.cpp
// Sums that a loop adds to one place, and such that it has to add there.
#include "Inputs/types/points.h"

#include <cmath>
#include <vector>

// The place need not exist where the inner loop has no trip.
// CHECK-VALUES: pairs wrt=x at=(rand(4, 1), rand(3, 2), 4, 3),({2}, {0.5}, 1, 1),({}, {}, 1, 0),({}, {}, 0, 0)
// TEXT-LABEL: void pairs_grad(
// TEXT:       double x_bar_i = 0;
// TEXT-NEXT:  for (int j = 0; j < m; ++j) {
// TEXT:         x_bar_i += {{.*}};
// TEXT:       if (m > 0)
// TEXT-NEXT:    x_bar[i] += x_bar_i;
double pairs(const double *x, const double *y, int n, int m) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < m; ++j)
      s += std::sin(x[i] - y[j]);
  return s;
}

// It exists where the trip touches it anyway.
// CHECK-VALUES: first wrt=x,w at=(rand(4, 1), rand(3, 2), 4, 3),({2}, {}, 1, 0),({}, {1}, 0, 1)
// TEXT-LABEL: void first_grad(
// TEXT-NOT:   if (
double first(const double *x, const double *w, int n, int m) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    const double own = x[i];
    s += own * own;
    for (int j = 0; j < m; ++j)
      s += std::exp(w[j] * x[i]);
  }
  return s;
}

// An empty row of a null pointer.
// CHECK-VALUES: product wrt=A,x at=(rand(6, 1), rand(3, 2), 2, 3),({}, {}, 2, 0),({}, {1}, 0, 1)
double product(const double *A, const double *x, int n, int m) {
  double s = 0;
  for (int j = 0; j < m; ++j)
    for (int i = 0; i < n; ++i)
      s += A[i * m + j] * x[j] * x[j];
  return s;
}

// What is added up is read in between.
// CHECK-VALUES: read_between wrt=x at=({0.5, 0.3, 0.2}, 3),({2}, 1)
void read_between(double *x, int n) {
  for (int i = 1; i < n; ++i) {
    x[0] += x[i] * x[0];
    x[i] *= x[0];
  }
}

// Two parameters may be one object: sums meet what the loop reads.
// CHECK-VALUES: one_object wrt=x,z at=(rand(3, 1), rand(3, 2), 3),({1}, {2}, 1)
// CHECK-VALUES: one_object wrt=x,z at=(rand(3, 1), _, 3) alias=z:x
void one_object(const double *x, double *z, int n) {
  for (int i = 0; i < n; ++i)
    z[0] += x[i] * z[i];
}

// Several terms, of which one is subtracted, in the trip of a loop that counts down.
// CHECK-VALUES: terms wrt=x,a at=(rand(5, 1), rand(2, 2), 5),({}, {1, 2}, 0),({3}, {1, 2}, 1)
double terms(const double *x, const double *a, int n) {
  double s = 0;
  for (int i = n - 1; i >= 0; --i)
    s += x[i] * a[0] - std::cos(a[1] * x[i]) / a[0] + a[1];
  return s;
}

// CHECK-VALUES: members wrt=p at=({{1, 2}, {3, 5}, {2, 1}}, 3),({{1, 2}}, 1)
double members(const Point *p, int n) {
  double s = 0;
  for (int i = 1; i < n; ++i)
    s += (p[i].x - p[0].x) * (p[i].y - p[0].y) * p[i].x;
  return s;
}

// Which place it is the loop itself finds out.
// CHECK-VALUES: gathered wrt=x at=({1, 2, 3}, {2, 0, 0, 1}, 4),({1}, {}, 0)
double gathered(const double *x, const int *at, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    for (int k = 0; k < n; ++k)
      s += x[at[i]] * x[at[k]] * (i - k + 1);
  return s;
}

// Only some trips add.
// CHECK-VALUES: sometimes wrt=x,a at=({1, -2, 3}, {2}, 3),({-1}, {2}, 1),({}, {2}, 0)
double sometimes(const double *x, const double *a, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    if (x[i] > 0)
      s += x[i] * a[0] * a[0];
  return s;
}

// CHECK-VALUES: in_float wrt=x,a at=({1, 2, 3}, {0.5}, 3),({}, {1}, 0)
float in_float(const float *x, const float *a, int n) {
  float s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] * a[0] * x[i];
  return s;
}

// A sum of a vector that grows meanwhile.
// CHECK-VALUES: growing wrt=x at=({1, 2, 3}, 3),({1}, 1)
double growing(const double *x, int n) {
  std::vector<double> v;
  v.push_back(x[0]);
  for (int i = 0; i < n; ++i)
    v.push_back(v[0] * x[i] + v.back());
  return v.back();
}
