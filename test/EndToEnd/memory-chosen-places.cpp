// RUN: %check-values %s
// References and pointers to a place that the values choose.
#include "Inputs/types/points.h"
#include <algorithm>
#include <vector>

// CHECK-VALUES: chosen wrt=x,y at=({1, -2, 3}, {0.5, 4, -1}, 3)
void chosen(double *x, double *y, int n) {
  for (int i = 0; i < n; ++i) {
    double &larger = x[i] > y[i] ? x[i] : y[i];
    larger *= larger;
  }
}

// An element or a variable: the variable is in memory, too.
// CHECK-VALUES: element_or_variable wrt=x,y,z at=(1, 2, 0.5),(1, 0.5, -3),(-1, 2, 4)
double element_or_variable(double x, double *y, double z) {
  double a[3] = {x, *y, x * z};
  double &r = x < *y ? a[2] : *y;
  r *= z;
  double &chosen = z > 0 ? r : z;
  chosen += x * r;
  return a[2] * *y + z * r;
}

// What is chosen of a constant object is constant.
// CHECK-VALUES: of_constant wrt=x,p at=(1, {0.3, 0.4}),(1, {0.3, 0.6}),(2, {0.9, 0.6})
double of_constant(double x, const Point &p) {
  const double least = std::min<double>(p.y, p.y < 0.5 ? p.x : p.y);
  return x * least + p.y;
}

// The place is chosen in a branch, of whose array it may be.
// CHECK-VALUES: chosen_in_a_branch wrt=x,y at=(0.5, {2}),(0.1, {2}),(0.1, null)
double chosen_in_a_branch(double x, double *y) {
  if (y && x >= 0.25) {
    y[0] = 0.5 * y[0] + 0.25 * x * x;
  } else {
    double own[2] = {x};
    double *p = y ? y : own;
    p[0] = own[0] * own[0] * x;
  }
  return y ? y[0] : x;
}

// A local of a trip is written by way of a choice, and read by its own name.
// CHECK-VALUES: chosen_or_own wrt=y at=({1, 2, 3}, 3, true),({1, 2, 3}, 3, false),({1, 2, 3}, 0, false)
double chosen_or_own(double *y, int n, bool c) {
  double r = 0;
  for (int i = 0; i < n; ++i) {
    double own[2] = {1, y[1]};
    double *p = c ? y : own;
    p[0] *= y[1];
    own[1] *= own[0];
    r += p[0] * own[0] + own[1];
  }
  return r;
}

static void scale(double *p, double x) { *p *= x; }
// CHECK-VALUES: helped wrt=y at=({1, 2, 3}, 3, true),({1, 2, 3}, 3, false),({1, 2, 3}, 1, false)
double helped(double *y, int n, bool c) {
  double r = 0;
  int i = 0;
  do {
    double own[2] = {1, 2};
    double *p = y;
    if (!c)
      p = own;
    scale(p, y[1]);
    for (int j = 0; j < 2; ++j)
      p[j] *= y[j] + own[0];
    r += y[1] * own[0] * own[1];
  } while (++i < n);
  return r;
}

static const double &larger(const double &p, const double &q) {
  return p < q ? q : p;
}

// A pointer to const and one that is none, in either order.
// CHECK-VALUES: larger_of_both wrt=x,y at=({0.5}, {2}),({2}, {0.5})
// CHECK-VALUES: larger_of_both wrt=x at=({0.5}, {2}),({2}, {0.5})
double larger_of_both(const double *x, double *y) {
  return larger(y[0], x[0]) * larger(x[0], y[0]);
}

static std::vector<double> &one_of(std::vector<double> &a, std::vector<double> &b, bool first) {
  return first ? a : b;
}

// A reference to an object that a callee chooses.
// CHECK-VALUES: object_of_a_callee wrt=a,b at=({1, 2}, {3, 4}, 2),({1, 2}, {3, 4}, 0)
double object_of_a_callee(std::vector<double> &a, std::vector<double> &b, int n) {
  auto &v = one_of(a, b, n > 1);
  v[0] *= v[1];
  return v[0] * a[1];
}

static double &largest(double *x, int n) {
  int best = 0;
  for (int i = 1; i < n; ++i)
    if (x[i] > x[best])
      best = i;
  return x[best];
}

// CHECK-VALUES: element_of_a_callee wrt=x at=({1, 3, 2}, 3),({2, 1}, 2)
double element_of_a_callee(double *x, int n) {
  double &m = largest(x, n);
  m *= m;
  return m * x[0];
}

// An iterator that is chosen, and walks on.
// CHECK-VALUES: chosen_iterator wrt=a,b at=({1, 3, 2}, {0.5, 2, 1}, 3),({1, 3, 2}, {0.5, 2, 1}, 1),({1, 3, 2}, {0.5, 2, 1}, 0)
double chosen_iterator(std::vector<double> &a, std::vector<double> &b, int n) {
  auto it = n > 1 ? a.begin() : b.begin();
  for (int i = 0; i < n; ++i, ++it)
    *it *= *it;
  return a[0] * b[0];
}

// CHECK-VALUES: chosen_to_read wrt=a,b at=({1, 3, 2}, {0.5, 2, 1}, 3),({1, 3, 2}, {0.5, 2, 1}, 1)
double chosen_to_read(const std::vector<double> &a, const std::vector<double> &b, int n) {
  auto it = n > 1 ? a.begin() : b.begin(), end = n > 1 ? a.end() : b.end();
  double s = 1;
  for (; it != end; ++it)
    s *= *it * s + 0.5;
  return s;
}

// Where the branch is not taken the shadow leads nowhere.
// CHECK-VALUES: iterator_of_a_branch wrt=a,b,x at=({1, 3, 2}, {0.5, 2, 1}, 3, 0.5),({1, 3, 2}, {0.5, 2, 1}, 1, 60),({1}, {2}, 0, 0.5)
double iterator_of_a_branch(std::vector<double> &a, std::vector<double> &b, int n, double x) {
  double s = x;
  if (n > 0) {
    auto it = n > 1 ? a.begin() : b.begin();
    for (int i = 0; i < n; ++i, ++it) {
      s *= *it;
      *it *= s;
      if (s > 20)
        return s;
    }
  }
  return s;
}

// The first elements; of one array, too.
// CHECK-VALUES: firsts wrt=c,x,y at=(0.3, {2}, {0.5}),(0.7, {2}, {0.5})
double firsts(double c, double *x, double *y) {
  double &chosen = c < 0.5 ? x[0] : y[0];
  chosen *= 2 * c;
  return chosen * chosen + y[0];
}
// CHECK-VALUES: the_first wrt=c,x at=(0.3, {2}),(0.7, {2})
double the_first(double c, double *x) {
  double &chosen = c < 0.5 ? x[0] : x[0];
  chosen *= 2 * c;
  return chosen * chosen + *x;
}
