// RUN: %check-values %s
// RUN: %check-values %s --adgen "adgen --disable-pass=ad-index-walks"
// RUN: adgen %s --function dot,rows,all_of,scaled -o %t.cpp
// RUN: FileCheck %s --check-prefix=TEXT --input-file %t.cpp
// Pointers and iterators that walk: nothing is kept to walk back.
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

// CHECK-VALUES: dot wrt=x,y at=({1, 2, 3}, {4, -1, 2}, 3),({1}, {2}, 1),({}, {}, 0)
// TEXT-LABEL: void dot_grad(
// TEXT-NOT:   tape
// TEXT:         y_bar[i] += x[i] * seed;
double dot(const double *x, const double *y, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += *x++ * *y++;
  return s;
}

// CHECK-VALUES: to_end wrt=x at=({1, 2, 3}, 3),({1}, 1),({}, 0)
double to_end(const double *x, int n) {
  double s = 1;
  for (const double *p = x; p != x + n; ++p)
    s += std::sin(*p) * s;
  return s;
}

// CHECK-VALUES: part wrt=x at=({1, 2, 3, 0.5}, 1, 3),({1}, 0, 1),({1, 2}, 1, 1)
double part(const double *x, int first, int last) {
  double s = 1;
  const double *p = x + first, *end = x + last;
  while (p < end)
    s *= *p++;
  return s;
}

// CHECK-VALUES: last_included wrt=x at=({1, 2, 3, 0.5}, 4),({1.5}, 1)
double last_included(const double *x, int n) {
  double s = 1;
  const double *last = x + (n - 1);
  for (const double *p = x; p <= last; ++p)
    s *= *p;
  return s;
}

// CHECK-VALUES: backwards wrt=x at=({1, 2, 3, 0.5}, 4),({1.5}, 1),({}, 0)
double backwards(const double *x, int n) {
  double s = 1;
  for (const double *p = x + n; p != x;)
    s = s * *--p + 0.5 * s;
  return s;
}

// CHECK-VALUES: counted_down wrt=x at=({1, 2, 3, 0.5}, 4),({1.5}, 1),({}, 0)
double counted_down(const double *x, int n) {
  double s = 1;
  while (n-- > 0)
    s *= *x++;
  return s;
}

// CHECK-VALUES: scaled wrt=x,c at=({1, 2, 3}, {9, 9, 9}, 0.5, 3),({}, {}, 2, 0)
// TEXT-LABEL: double scaled_grad(
// TEXT-NOT:   tape
void scaled(const double *__restrict x, double *__restrict y, double c, int n) {
  while (n--)
    *y++ = *x++ * c;
}

// Rows of a matrix, and their elements.
// CHECK-VALUES: rows wrt=x at=({1, 2, 3, 0.5, 0.7, 0.9, 1.1}, 2, 3),({1}, 0, 2),({1}, 2, 0),({1.1}, -1, -1)
// TEXT-LABEL: void rows_grad(
// TEXT:         x[i * long(m) + j]
double rows(const double *x, int n, int m) {
  double s = 1;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < m; ++j)
      s *= *x++;
  return s * *x;
}

// CHECK-VALUES: by_rows wrt=x at=({1, 2, 3, 0.5, 0.7, 0.9}, 2, 3),({1.2}, 1, 1),({}, 0, 3)
double by_rows(const double *x, int n, int d) {
  double s = 1;
  for (const double *row = x; row < x + n * d; row += d)
    s *= row[0] + row[d - 1];
  return s;
}

// CHECK-VALUES: strided wrt=x at=({1, 2, 3, 0.5, 0.7, 0.9}, 2, 3),({1.2, 1.4}, 1, 1),({}, 0, 3)
double strided(const double *x, int n, int d) {
  double s = 1;
  for (int i = 0; i < n; ++i, x += d)
    s *= x[0] + x[1];
  return s;
}

// CHECK-VALUES: against_counter wrt=x at=({1, 2, 3, 0.5}, 4),({1.2}, 1),({}, 0)
double against_counter(const double *x, int n) {
  double s = 1;
  const double *p = x + n;
  for (std::size_t i = 0; i < std::size_t(n); ++i) {
    --p;
    s = s * *p + *p * x[i];
  }
  return s;
}

// CHECK-VALUES: from_two wrt=x at=({1, 2, 3, 0.5}, 4),({1.2, 0.9, 0.8}, 3),({0.4}, 1)
double from_two(const double *x, int n) {
  double s = 1;
  const double *p = x;
  for (int i = 2; i <= n; i += 2) {
    s *= p[0] + p[1];
    p += 2;
  }
  return s;
}

// The iterators of all of a vector, of an array, and of what does not change.
// CHECK-VALUES: all_of wrt=v at=({1, 2, 3, 0.5}),({})
// TEXT-LABEL: void all_of_grad(
// TEXT:       for (std::size_t i = 0; i < v.size(); ++i) {
// TEXT-NEXT:    s_tape[i] = s;
// TEXT-NEXT:    s *= v[i];
double all_of(const std::vector<double> &v) {
  double s = 1;
  for (auto p = v.begin(); p != v.end(); ++p)
    s *= *p;
  return s;
}

// CHECK-VALUES: all_of_array wrt=v at=({1, 2, 3})
double all_of_array(std::array<double, 3> &v) {
  double s = 1;
  for (auto p = v.begin(); p != v.end(); ++p) {
    s *= *p;
    *p = s * *p;
  }
  return s;
}

// CHECK-VALUES: growing wrt=x at=(0.5, 3),(0.5, 0)
double growing(double x, int n) {
  std::vector<double> v;
  for (int i = 0; i < n; ++i)
    v.push_back(x * (i + 1));
  double s = 1;
  for (auto p = v.begin() + (n > 0); p < v.end(); ++p)
    s += *p * s;
  return s;
}

// Where the walk ended.
// CHECK-VALUES: position wrt=x at=({1, 2, -3, 0.5}, 4),({1.2}, 1),({}, 0)
double position(const double *x, int n) {
  double s = 1;
  const double *p = x;
  for (; p != x + n; ++p) {
    if (*p < 0)
      break;
    s *= *p;
  }
  return p == x + n ? s : s * *p * (p - x);
}

// CHECK-VALUES: sentinel wrt=x at=({1, 2, 3, 0.5, -1}),({-1})
double sentinel(const double *x) {
  double s = 0;
  while (*x > 0)
    s += *x++ * s + 1;
  return s;
}

// Two halves, one after the other.
// CHECK-VALUES: halves wrt=x at=({1, 2, -3, 0.5}, 2),({1, 2}, 1),({}, 0)
double halves(const double *x, int n) {
  double s = 0, p = 1;
  for (int i = 0; i < n; ++i)
    s += *x++;
  for (int i = 0; i < n; ++i)
    p *= *x++ + s;
  return p;
}

// The next trip reads what this one wrote.
// CHECK-VALUES: prefix wrt=x at=({1, 2, -3, 0.5}, 4),({1, 2}, 2),({3}, 1)
void prefix(double *x, int n) {
  for (double *p = x + 1; p < x + n; ++p)
    *p *= p[-1];
}

// CHECK-VALUES: interleaved wrt=x,y at=({1, 2}, {-3, 0.5}, {9, 9, 9, 9}, 2),({}, {}, {}, 0)
void interleaved(const double *x, const double *y, double *z, int n) {
  for (int i = 0; i < n; ++i) {
    *z++ = *x * *y;
    *z++ = *x++ + *y++;
  }
}

// Walked in one branch only.
// CHECK-VALUES: chosen wrt=x at=({1, 2, -3, 0.5}, 4),({1, 2}, 2),({}, 0)
double chosen(const double *x, int n) {
  double s = 1;
  const double *p = x;
  for (int i = 0; i < n; ++i)
    if (x[i] > 0)
      s += *p++ * s;
  return s;
}

// Two iterators, of which one is compared ahead of where it is.
// CHECK-VALUES: trapezoid wrt=t,y at=({0, 1, 3}, {1, 2, 4}),({1}, {2}),({0.5, 1}, {1, 2})
double trapezoid(const std::vector<double> &t, const std::vector<double> &y) {
  double area = 0;
  auto a = t.begin();
  auto b = y.begin();
  while (a + 1 < t.end()) {
    area += 0.5 * (b[0] + b[1]) * (a[1] - a[0]);
    ++a;
    ++b;
  }
  return area;
}

// CHECK-VALUES: neighbours wrt=x at=({0.5, 1, 3}, 3),({1}, 1),({1, 2}, 2)
double neighbours(const double *x, int n) {
  double s = 1;
  for (const double *p = x; p + 1 < x + n; ++p)
    s += p[0] * p[1] * s;
  return s;
}

// CHECK-VALUES: smoothed wrt=x,alpha at=({0.5, 1, 3}, 3, 0.3),({1}, 1, 0.3),({}, 0, 0.3)
void smoothed(double *x, int n, double alpha) {
  double *first = x, *last = x + n;
  if (first == last)
    return;
  double previous = *first++;
  while (first != last) {
    *first = alpha * *first + (1 - alpha) * previous;
    previous = *first++;
  }
}
