// RUN: %check-values %s
// Pointers that walk through arrays, as C programmers write them.
#include <cmath>
#include <cstddef>

// CHECK-VALUES: sum_to_the_end wrt=p at=(rand(5, 1), 5),({2}, 1),({}, 0)
double sum_to_the_end(const double *p, std::size_t n) {
  const double *end = p + n;
  double s = 0;
  while (p != end) {
    s += *p * *p;
    ++p;
  }
  return s;
}

// CHECK-VALUES: dot wrt=x,y at=(rand(5, 1), rand(5, 2), 5),({}, {}, 0)
double dot(const double *x, const double *y, int n) {
  double s = 0;
  while (n--)
    s += *x++ * *y++;
  return s;
}

// CHECK-VALUES: scaled wrt=x,y,a at=(rand(4, 1), rand(4, 2), 0.5, 4),({}, {}, 0.5, 0)
// CHECK-VALUES: scaled wrt=x,y,a at=(rand(4, 1), _, 0.5, 4) alias=y:x
// CHECK-VALUES: scaled wrt=x,y,a at=(rand(6, 1), _, 0.5, 4) alias=y:x+2
void scaled(const double *x, double *y, double a, int n) {
  for (const double *end = x + n; x < end; ++x, ++y)
    *y = a * *x * *x;
}

// CHECK-VALUES: reversed wrt=x at=(rand(5, 1), 5),(rand(4, 1), 4),({2}, 1)
void reversed(double *x, int n) {
  double *low = x, *high = x + n - 1;
  while (low < high) {
    double t = *low;
    *low++ = *high * 0.5;
    *high-- = 2 * t * t;
  }
}

// CHECK-VALUES: by_rows wrt=m at=(rand(6, 1), 2, 3)
double by_rows(const double *m, int rows, int cols) {
  double product = 1;
  for (int i = 0; i < rows; ++i) {
    double s = 0;
    for (int j = 0; j < cols; ++j)
      s += *m++;
    product *= s;
  }
  return product;
}

// A negative number ends the list.
// CHECK-VALUES: to_sentinel wrt=x at=({1, 2, 3, -1, 9}),({-1, 9})
double to_sentinel(const double *x) {
  double s = 0;
  for (; *x >= 0; ++x)
    s += std::log(*x);
  return s;
}

// CHECK-VALUES: last_difference wrt=x at=(rand(5, 1), 5),({1, 2}, 2)
double last_difference(const double *x, int n) {
  const double *p = &x[n - 1], *q = p - 1;
  return (*p - *q) * (p[0] + q[0]) * (p - x);
}

// Two runs are merged as their values decide.
// CHECK-VALUES: merged wrt=a,b,out at=({1, 3, 5}, {2, 2.5}, {0, 0, 0, 0, 0}, 3, 2),({1}, {}, {0}, 1, 0)
void merged(const double *a, const double *b, double *out, int n, int m) {
  const double *a_end = a + n, *b_end = b + m;
  while (a != a_end && b != b_end)
    *out++ = *a < *b ? *a++ : *b++;
  while (a != a_end)
    *out++ = *a++;
  while (b != b_end)
    *out++ = *b++;
}

// CHECK-VALUES: where_it_is wrt=a,b,c at=({1, 2}, {3, 4}, 0.5, 2),({1, 2}, {3, 4}, -0.5, 2)
double where_it_is(const double *a, const double *b, double c, int n) {
  const double *p = c > 0 ? a : b;
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += c * p[i] * p[i];
  return s;
}

// What walks in a branch starts from a pointer that was chosen in front of it.
// CHECK-VALUES: walked_in_branch wrt=x at=(0.5, 0.1),(0.5, 0.4)
double walked_in_branch(double x, double limit) {
  if (limit < 0.25) {
    double a[4] = {}, b[4] = {};
    double *p = a, *q = b;
    for (int i = 0; i < 3; ++i)
      std::swap(p, q);
    for (std::size_t i = 2; i-- > 0;) {
      const double *from = p;
      int left = 4;
      while (left-- > 0 && *from++ < 0.25)
        p[i % 4] = 0.5 * x;
      double c[2];
      for (int j = 0; j < 2; ++j)
        c[j] = p[j] * x;
      const double *at = c;
      left = 2;
      while (left-- > 0 && *at++ < 0.25)
        x *= 0.5 + c[0];
    }
  }
  return x;
}
