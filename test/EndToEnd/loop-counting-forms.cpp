// RUN: %check-values %s
// RUN: %check-values %s --adgen "adgen --disable-pass=ad-raise-counted-loops"
// RUN: adgen %s --function in_body,down,used_after,both_conditions -o %t.cpp
// RUN: FileCheck %s --check-prefix=TEXT --input-file %t.cpp
// The many ways to write a loop that counts: all are tapes with an index, or none.
#include <cmath>
#include <cstddef>

// CHECK-VALUES: in_body wrt=x at=({1.2, 0.7, 1.1, 0.9}, 4),({2}, 1),({}, 0)
// TEXT-LABEL: void in_body_grad(
// TEXT:       for (int i = 0; i < n; ++i) {
// TEXT-NEXT:    s_tape[i] = s;
// TEXT:       for (int i = n - 1; i >= 0; --i) {
double in_body(const double *x, int n) {
  double s = 1;
  int i = 0;
  while (i < n) {
    s *= x[i];
    ++i;
  }
  return s;
}

// CHECK-VALUES: down wrt=x at=({1.2, 0.7, 1.1, 0.9}, 4),({2}, 1),({}, 0)
// TEXT-LABEL: void down_grad(
// TEXT:         s_tape[n2] = s;
// TEXT:       for (int n2 = 0; n2 < n; ++n2) {
double down(const double *x, int n) {
  double s = 1;
  while (n--)
    s *= x[n];
  return s;
}

// CHECK-VALUES: down_before wrt=x at=({1.2, 0.7, 1.1, 0.9}, 4),({2}, 1)
double down_before(const double *x, int n) {
  double s = 1;
  while (--n)
    s *= x[n] * x[0];
  return s;
}

// CHECK-VALUES: down_compared wrt=x at=({1.2, 0.7, 1.1, 0.9}, 4),({2}, 1),({}, 0),({}, -3)
double down_compared(const double *x, int n) {
  double s = 1;
  while (--n >= 0)
    s *= x[n];
  return s * n;
}

// CHECK-VALUES: down_unsigned wrt=x at=({1.2, 0.7, 1.1, 0.9}, 4),({2}, 1),({}, 0)
double down_unsigned(const double *x, unsigned n) {
  double s = 1;
  while (n-- > 0)
    s *= x[n] + n;
  return s;
}

// CHECK-VALUES: down_size wrt=x at=({1.2, 0.7, 1.1, 0.9}, 4),({2}, 1),({}, 0)
double down_size(const double *x, std::size_t n) {
  double s = 1;
  for (std::size_t i = n; i--;)
    s *= x[i];
  return s;
}

// CHECK-VALUES: down_wrapped wrt=x at=({1.2, 0.7, 1.1, 0.9}, 4),({2}, 1),({}, 0)
double down_wrapped(const double *x, unsigned n) {
  double s = 1;
  while (n--)
    s *= x[n];
  return s * (n == 0u - 1 ? 2 : 3);
}

// CHECK-VALUES: down_in_steps wrt=x at=({1.2, 0.7, 1.1, 0.9}, 4),({2}, 1),({}, 0)
double down_in_steps(const double *x, int n) {
  double s = 1;
  while ((n -= 2) >= 0)
    s *= x[n] * x[n + 1];
  return s * n;
}

// What it counted to is used.
// CHECK-VALUES: used_after wrt=x at=({1.2, 0.7, 1.1, 0.9}, 4),({2}, 1),({}, 0),({}, -2)
// TEXT-LABEL: void used_after_grad(
// TEXT:       for (int i = 0; i < n; ++i) {
// TEXT-NEXT:    s_tape[i] = s;
// TEXT:       std::max(n, 0)
double used_after(const double *x, int n) {
  double s = 1;
  int i = 0;
  for (; i < n; ++i)
    s *= x[i];
  return s * (i + 1) + i;
}

// CHECK-VALUES: used_inclusive wrt=x at=({1.2, 0.7, 1.1, 0.9}, 0, 3),({2}, 0, 0),({}, 3, 2),({1, 2, 1.5}, 1, 2)
double used_inclusive(const double *x, int first, int last) {
  double s = 1;
  int i = first;
  while (i <= last)
    s *= x[i++];
  return s * i;
}

// CHECK-VALUES: used_down wrt=x at=({1.2, 0.7, 1.1, 0.9}, 0, 3),({2}, 0, 0),({}, 3, 2),({1, 2, 1.5}, 1, 2)
double used_down(const double *x, int first, int last) {
  double s = 1;
  int i = last;
  for (; i >= first; --i)
    s *= x[i];
  return s * i;
}

// CHECK-VALUES: left wrt=x at=({1.2, 0.7, 0.1, 0.9}, 4, 0.5),({1.2, 0.7, 1.1, 0.9}, 4, 0.5),({0.1}, 1, 0.5),({}, 0, 0.5)
double left(const double *x, int n, double eps) {
  double s = 1;
  int i = 0;
  while (i < n) {
    if (x[i] < eps)
      break;
    s *= x[i];
    i++;
  }
  return s * i;
}

// CHECK-VALUES: left_behind wrt=x at=({1.2, 0.7, 0.1, 0.9}, 4, 0.5),({1.2, 0.7, 1.1, 0.9}, 4, 0.5),({0.1}, 1, 0.5),({}, 0, 0.5)
double left_behind(const double *x, int n, double eps) {
  double s = 1;
  int i = 0;
  while (i < n) {
    const double v = x[i++];
    if (v < eps)
      break;
    s *= v;
  }
  return s * i;
}

// CHECK-VALUES: skipped wrt=x at=({1.2, 0.7, 0.1, 0.9}, 4, 0.5),({0.1}, 1, 0.5),({}, 0, 0.5)
double skipped(const double *x, int n, double eps) {
  double s = 1;
  int i = 0;
  while (i < n) {
    if (x[i] < eps) {
      i++;
      continue;
    }
    s *= x[i];
    ++i;
  }
  return s;
}

// One branch goes on by two.
// CHECK-VALUES: uneven wrt=x at=({1.2, 0.7, 0.1, 0.9, 1.3}, 5),({0.1}, 1),({}, 0),({0.7, 0.2}, 2)
double uneven(const double *x, int n) {
  double s = 1;
  int i = 0;
  while (i < n) {
    s *= x[i];
    if (x[i] < 0.5)
      i += 2;
    else
      ++i;
  }
  return s;
}

// CHECK-VALUES: twice_a_trip wrt=x at=({1.2, 0.7, 0.1, 0.9}, 4),({0.1, 0.2}, 2),({}, 0)
double twice_a_trip(const double *x, int n) {
  double s = 1;
  int i = 0;
  while (i < n) {
    s *= x[i];
    i++;
    s += x[i] * s;
    i++;
  }
  return s;
}

// CHECK-VALUES: both_conditions wrt=x at=({1.2, 0.7, -0.1, 0.9}, 4),({1.2, 0.7}, 2),({}, 0)
// TEXT-LABEL: void both_conditions_grad(
// TEXT:       for (int i = 0; i < n && x[i] > 0; ++i)
// TEXT-NEXT:    ++trips;
// TEXT-NOT:   tape
double both_conditions(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n && x[i] > 0; ++i)
    s += x[i] * x[i];
  return s;
}

// What the head reads is overwritten.
// CHECK-VALUES: sieved wrt=x at=({1.2, 0.7, 0.1, 0.9}, 4),({1.2, 0.7}, 2),({}, 0)
double sieved(double *x, int n) {
  double s = 1;
  for (int i = 0; i < n && x[i] > 0.5; ++i) {
    s *= x[i];
    x[i] = 0.25 * s;
  }
  return s;
}

// In each trip of an outer loop, of which the last changes what the head reads.
// CHECK-VALUES: sieved_in_rows wrt=x at=({1.2, 0.7, 0.1, 0.9}, 2, 2),({1.2, 0.7, 0.8}, 1, 3),({}, 0, 2)
double sieved_in_rows(double *x, int n, int m) {
  double s = 1;
  for (int t = 0; t < n; ++t) {
    int j = 0;
    while (j < m && x[t * m + j] > 0.5) {
      s *= x[t * m + j];
      ++j;
    }
    for (int k = 0; k < n * m; ++k)
      x[k] *= 0.9;
  }
  return s;
}

// CHECK-VALUES: sentinel wrt=x at=({1.2, 0.7, 0.5, -1}),({-1})
double sentinel(const double *x) {
  double s = 1;
  int i = 0;
  while (x[i] > 0) {
    s *= std::sin(x[i]);
    ++i;
  }
  return s;
}

// One counter for two loops, and in each other.
// CHECK-VALUES: one_counter wrt=x at=({1.2, 0.7, 0.5, 0.9}, 4, 2),({1.2, 0.7}, 2, 5),({}, 0, 0)
double one_counter(const double *x, int n, int m) {
  double s = 1;
  int i = 0;
  while (i < m && i < n) {
    s *= x[i];
    ++i;
  }
  while (i < n) {
    s += x[i] * s;
    ++i;
  }
  return s;
}

// CHECK-VALUES: nested wrt=x at=({1.2, 0.7, 0.5, 0.9, 1.1, 1.3}, 2, 3),({}, 0, 3),({}, 2, 0)
double nested(const double *x, int n, int m) {
  double s = 1;
  int at = 0, i = 0;
  while (i < n) {
    int j = m;
    while (j-- > 0) {
      s *= x[at];
      ++at;
    }
    ++i;
  }
  return s;
}

// CHECK-VALUES: triangle wrt=x at=({1.2, 0.7, 0.5, 0.9}, 4),({2}, 1),({}, 0)
double triangle(const double *x, int n) {
  double s = 1;
  for (int i = 0; i < n; ++i) {
    double p = 1;
    for (int j = i + 1; j < n; ++j)
      p *= x[i] + x[j];
    for (int j = i; j >= 1; --j)
      p += p * x[j];
    s *= p;
  }
  return s;
}

// CHECK-VALUES: between wrt=x at=({1.2, 0.7, 0.5, 0.9}, -3, 0),({2, 3}, 3, -3)
double between(const double *x, int first, int last) {
  double s = 1;
  for (int i = first; i < last; ++i)
    s *= x[i + 3];
  return s;
}

// CHECK-VALUES: short_counter wrt=x at=({1.2, 0.7, 0.5, 0.9}, 4),({}, 0)
double short_counter(const double *x, short n) {
  double s = 1;
  short i = 0;
  while (i < n)
    s *= x[i++];
  return s;
}

// CHECK-VALUES: at_least_once wrt=x at=({1.2, 0.7, 0.5, 0.9}, 4),({2}, 0)
double at_least_once(const double *x, int n) {
  double s = 1;
  int i = 0;
  do {
    s *= x[i];
  } while (++i < n);
  return s * i;
}
