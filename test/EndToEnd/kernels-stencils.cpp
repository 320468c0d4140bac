// RUN: %check-values %s
// RUN: %check-values %s --adgen "adgen --disable-pass=ad-split-scatters"
// RUN: adgen %s --function smooth,recurrence -o %t.cpp
// RUN: FileCheck %s --check-prefix=TEXT --input-file %t.cpp
// Loops that read several neighbours: what their reverses add to each is added in a
// loop of its own, where nothing of it meets what else the loop does.
#include <cmath>
#include <utility>
#include <vector>

// CHECK-VALUES: smooth wrt=u,k at=(rand(5, 1), rand(5, 2), 0.3, 5),({1, 2, 3}, {0, 0, 0}, 2, 3),({1, 2}, {3, 4}, 2, 2),({}, {}, 1, 0)
// TEXT-LABEL: double smooth_grad(
// TEXT:       for (int i = 1; i < n - 1; ++i) {
// TEXT-NEXT:    // next[i] = u[i] + k * (u[i - 1] - 2 * u[i] + u[i + 1])
// TEXT-NEXT:    u_bar[i {{[+-]}} 1] += k * next_bar[i];
// TEXT-NEXT:  }
// TEXT-NEXT:  for (int i = 1; i < n - 1; ++i)
// TEXT-NEXT:    u_bar[i {{[+-]}} 1] += k * next_bar[i];
// TEXT-NEXT:  const double k_bar = sum_over(1, n - 1, [&](int i) {
// TEXT-NEXT:    return (u[i - 1] - 2 * u[i] + u[i + 1]) * next_bar[i];
// TEXT-NEXT:  });
// TEXT-NEXT:  for (int i = 1; i < n - 1; ++i) {
// TEXT-NOT:     // next
// TEXT:         u_bar[i] +=
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
// CHECK-VALUES: down wrt=u at=(rand(6, 1), rand(6, 2), 6),({1}, {2}, 1)
void down(const double *__restrict u, double *__restrict y, int n) {
  for (int i = n - 1; i >= 2; --i)
    y[i] += 2 * u[i] - u[i - 2] + 3 * u[i - 1];
}
