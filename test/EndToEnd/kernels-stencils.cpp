// RUN: %check-values %s
// RUN: adgen %s --function smooth,recurrence,down -o %t.cpp
// RUN: FileCheck %s --check-prefix=TEXT --input-file %t.cpp
// RUN: adgen %s --function smooth --disable-pass=ad-gather-stencils -o %t.cpp
// RUN: FileCheck %s --check-prefix=SPLIT --input-file %t.cpp
// Loops that read several neighbours: what their reverses add to an element is added up
// and stored at once, or else in a loop of its own for each neighbour, where nothing of it
// meets what else the loop does.
#include "Inputs/types/points.h"
#include <cmath>
#include <utility>
#include <vector>

// CHECK-VALUES: smooth wrt=u,k at=(rand(5, 1), rand(5, 2), 0.3, 5),({1, 2, 3}, {0, 0, 0}, 2, 3),({1, 2}, {3, 4}, 2, 2),({}, {}, 1, 0)
// CHECK-VALUES: smooth wrt=u,k at=(rand(4, 1), rand(4, 2), 0.3, 4),(rand(6, 1), rand(6, 2), 0.3, 6),({1}, {2}, 2, 1),({}, {}, 1, -3)
// TEXT-LABEL: double smooth_grad(
// TEXT:       // next[i] = u[i] + k * (u[i - 1] - 2 * u[i] + u[i + 1])
// TEXT-NEXT:  if (n > 3) {
// TEXT-NEXT:    u_bar[0] += k * next_bar[1];
// TEXT-NEXT:    u_bar[1] += k * next_bar[2] + (1 - 2 * k) * next_bar[1];
// TEXT-NEXT:    for (int i = 2; i < n - 2; ++i)
// TEXT-NEXT:      u_bar[i] +=
// TEXT-NEXT: k * (next_bar[i + 1] + next_bar[i - 1]) + (1 - 2 * k) * next_bar[i];
// TEXT-NEXT:    u_bar[n - 2] += (1 - 2 * k) * next_bar[n - 2] + k * next_bar[n - 3];
// TEXT-NEXT:    u_bar[n - 1] += k * next_bar[n - 2];
// TEXT-NEXT:  } else {
// TEXT-NEXT:    for (int i = 1; i < n - 1; ++i) {
// TEXT-NEXT:      u_bar[i + 1] += k * next_bar[i];
// TEXT-NEXT:      u_bar[i - 1] += k * next_bar[i];
// TEXT-NEXT:      u_bar[i] += (1 - 2 * k) * next_bar[i];
// TEXT-NEXT:    }
// TEXT-NEXT:  }
// TEXT-NEXT:  const double k_bar = sum_over(1, n - 1, [&](int i) {
// SPLIT-LABEL: double smooth_grad(
// SPLIT:       for (int i = 1; i < n - 1; ++i) {
// SPLIT-NEXT:    // next[i] = u[i] + k * (u[i - 1] - 2 * u[i] + u[i + 1])
// SPLIT-NEXT:    u_bar[i {{[+-]}} 1] += k * next_bar[i];
// SPLIT-NEXT:  }
// SPLIT-NEXT:  for (int i = 1; i < n - 1; ++i)
// SPLIT-NEXT:    u_bar[i {{[+-]}} 1] += k * next_bar[i];
// SPLIT-NEXT:  const double k_bar = sum_over(1, n - 1, [&](int i) {
// SPLIT-NEXT:    return (u[i - 1] - 2 * u[i] + u[i + 1]) * next_bar[i];
// SPLIT-NEXT:  });
// SPLIT-NEXT:  for (int i = 1; i < n - 1; ++i) {
// SPLIT-NOT:     // next
// SPLIT:         u_bar[i] +=
void smooth(const double *__restrict u, double *__restrict next, double k, int n) {
  for (int i = 1; i < n - 1; ++i)
    next[i] = u[i] + k * (u[i - 1] - 2 * u[i] + u[i + 1]);
}

// May be in place.
// CHECK-VALUES: perhaps_in_place wrt=u,k at=(rand(5, 1), rand(5, 2), 0.3, 5),({}, {}, 1, 0)
// CHECK-VALUES: perhaps_in_place wrt=u,k at=(rand(5, 1), _, 0.3, 5) alias=next:u
void perhaps_in_place(const double *u, double *next, double k, int n) {
  for (int i = 1; i < n - 1; ++i)
    next[i] = u[i] + k * (u[i - 1] - 2 * u[i] + u[i + 1]);
}

// Each trip needs the one before.
// CHECK-VALUES: recurrence wrt=u,a at=(rand(5, 1), 0.3, 5),({1}, 2, 1),({1, 2}, 2, 2)
// TEXT-LABEL: double recurrence_grad(
// TEXT-COUNT-1: for (int i = n - 1; i >= 2; --i)
// TEXT-NOT:   for (
void recurrence(double *u, double a, int n) {
  for (int i = 2; i < n; ++i)
    u[i] += a * u[i - 1] + u[i - 2];
}

// An index that comes twice.
// CHECK-VALUES: gathered wrt=u at=({1, 2, 3}, {0, 2, 0, 1}, {0, 0, 0, 0}, 4)
void gathered(const double *__restrict u, const int *at, double *__restrict y, int n) {
  for (int i = 0; i < n; ++i)
    y[i] = u[at[i]] * 3 + 2 * u[0] - u[n - 2];
}

// What is added takes a sine: it is not computed three times.
// CHECK-VALUES: expensive wrt=u at=(rand(5, 1), rand(5, 2), 5),({}, {}, 0)
void expensive(const double *__restrict u, double *__restrict y, int n) {
  for (int i = 1; i < n - 1; ++i)
    y[i] = std::sin(u[i - 1] + u[i] * u[i + 1]);
}

// Rows above and below, in steps.
// CHECK-VALUES: rows wrt=u at=(rand(20, 1), rand(20, 2), 4, 5),({}, {}, 0, 0),({1}, {2}, 1, 1)
void rows(const double *__restrict u, double *__restrict y, int h, int w) {
  for (int i = 1; i < h - 1; ++i)
    for (int j = 1; j < w - 1; j += 2)
      y[i * w + j] += u[(i - 1) * w + j] + u[(i + 1) * w + j] - 4 * u[i * w + j] +
                      u[i * w + j - 1] + 2 * u[i * w + j + 1];
}

// Two steps of the same arrays, swapped, and a nonlinear one in place.
// CHECK-VALUES: steps wrt=u,k at=({1, 0.5, 2, 0.3}, 0.2, 3),({1, 2, 3}, 0.1, 0),({1, 2}, 0.1, 2)
double steps(std::vector<double> u, double k, int count) {
  const int n = u.size();
  std::vector<double> next(u);
  for (int t = 0; t < count; ++t) {
    for (int i = 1; i < n - 1; ++i)
      next[i] = u[i] + k * u[i] * (u[i - 1] - 2 * u[i] + u[i + 1]);
    std::swap(u, next);
    for (int i = 0; i < n; ++i)
      u[i] *= u[i];
  }
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += u[i] * (i + 1);
  return s;
}

// The last element that a trip adds to is the first of a later one, from above.
// CHECK-VALUES: down wrt=u at=(rand(6, 1), rand(6, 2), 6),({1}, {2}, 1),(rand(3, 1), rand(3, 2), 3),(rand(4, 1), rand(4, 2), 4),(rand(5, 1), rand(5, 2), 5)
// TEXT-LABEL: void down_grad(
// TEXT:       u_bar[0] -= y_bar[2];
// TEXT-NEXT:  u_bar[1] += 3 * y_bar[2] - y_bar[3];
// TEXT-NEXT:  for (int i = 2; i < n - 2; ++i)
void down(const double *__restrict u, double *__restrict y, int n) {
  for (int i = n - 1; i >= 2; --i)
    y[i] += 2 * u[i] - u[i - 2] + 3 * u[i - 1];
}

// Five neighbours, from a bound that is included; those of one side, far from the counter.
// CHECK-VALUES: wide wrt=u at=(rand(9, 1), rand(9, 2), 6),(rand(8, 1), rand(8, 2), 5),(rand(7, 1), rand(7, 2), 4),(rand(5, 1), rand(5, 2), 2),({}, {}, 1)
void wide(const double *__restrict u, double *__restrict y, int last) {
  for (int i = 2; i <= last; ++i)
    y[i] = u[i + 2] - 8 * u[i + 1] + 8 * u[i - 1] - u[i - 2];
}
// CHECK-VALUES: ahead wrt=u at=(rand(12, 1), rand(12, 2), 5),(rand(12, 1), rand(12, 2), 2),(rand(12, 1), rand(12, 2), 1),({}, {}, 0)
void ahead(const double *__restrict u, double *__restrict y, unsigned n) {
  for (unsigned i = 0; i < n; ++i)
    y[i] = 2 * u[i + 3] - u[i + 5] + 3 * u[i + 6];
}
// CHECK-VALUES: behind wrt=u at=(rand(7, 1), rand(7, 2), 7),(rand(4, 1), rand(4, 2), 4),(rand(3, 1), rand(3, 2), 3),({}, {}, 0)
void behind(const double *__restrict u, double *__restrict y, std::size_t n) {
  for (std::size_t i = 3; i < n; ++i)
    y[i] = 2 * u[i - 3] - u[i - 1];
}

// From a bound that is given: nothing is subtracted from an unsigned one.
// CHECK-VALUES: from_to wrt=u at=(rand(9, 1), rand(9, 2), 2, 7),(rand(9, 1), rand(9, 2), 7, 2),(rand(9, 1), rand(9, 2), 3, 4),(rand(9, 1), rand(9, 2), 3, 5)
void from_to(const double *__restrict u, double *__restrict y, int from, int to) {
  for (int i = from; i < to; ++i)
    y[i] = u[i - 1] + 3 * u[i] - 2 * u[i + 1];
}
// CHECK-VALUES: from_to_unsigned wrt=u at=(rand(9, 1), rand(9, 2), 2, 7),(rand(9, 1), rand(9, 2), 7, 2),(rand(9, 1), rand(9, 2), 3, 4)
void from_to_unsigned(const double *__restrict u, double *__restrict y, unsigned from, unsigned to) {
  for (unsigned i = from; i < to; ++i)
    y[i] = u[i - 1] + 3 * u[i] - 2 * u[i + 1];
}

// Along rows; of a length that is known; of members.
// CHECK-VALUES: along_rows wrt=u at=(rand(15, 1), rand(15, 2), 3, 5),(rand(6, 1), rand(6, 2), 2, 3),(rand(4, 1), rand(4, 2), 2, 2),({}, {}, 0, 0)
void along_rows(const double *__restrict u, double *__restrict y, int h, int w) {
  for (int i = 0; i < h; ++i)
    for (int j = 1; j < w - 1; ++j)
      y[i * w + j] = u[i * w + j - 1] - 2 * u[i * w + j] + u[i * w + j + 1];
}
// CHECK-VALUES: fixed_length wrt=u at=(rand(20, 1), rand(20, 2))
void fixed_length(const double *__restrict u, double *__restrict y) {
  for (int j = 1; j < 19; ++j)
    y[j] = u[j - 1] - 2 * u[j] + u[j + 1];
}
// CHECK-VALUES: members wrt=p at=({{1, 2}, {3, 4}, {5, 6}, {7, 8}}, rand(4, 1), 4),({{1, 2}, {3, 4}}, rand(2, 1), 2)
void members(const Point *__restrict p, double *__restrict y, int n) {
  for (int i = 0; i + 1 < n; ++i)
    y[i] = p[i + 1].x - p[i].x + 0.5 * (p[i + 1].y - p[i].y);
}

// Two statements, one of which goes to both ends.
// CHECK-VALUES: two_statements wrt=u at=(rand(6, 1), rand(6, 2), 6),(rand(3, 1), rand(3, 2), 3),(rand(2, 1), rand(2, 2), 2)
double two_statements(const double *__restrict u, double *__restrict y, int n) {
  double s = 0;
  for (int i = 1; i < n - 1; ++i) {
    y[i] = u[i + 1] - u[i - 1];
    s += u[i + 1] * 3 - u[i];
  }
  return s;
}

// What is added was added to in the trip before, or in the same one.
// CHECK-VALUES: of_itself wrt=u at=(rand(6, 1), 6),(rand(3, 1), 3),({}, 0)
void of_itself(double *u, int n) {
  for (int i = 0; i < n - 2; ++i)
    u[i] = 2 * u[i] + 0.5 * u[i + 1] - u[i + 2];
}
