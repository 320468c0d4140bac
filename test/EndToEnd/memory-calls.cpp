// RUN: %check-values %s
// Functions that are given arrays, parts of arrays, and elements.
#include <cmath>

double sum(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] * x[i];
  return s;
}
void scale(double *x, double a, int n) {
  for (int i = 0; i < n; ++i)
    x[i] *= a;
}
void mix(double &a, double &b) {
  const double t = a;
  a = a * b;
  b += t;
}
void add(const double *a, const double *b, double *c, int n) {
  for (int i = 0; i < n; ++i)
    c[i] = a[i] + b[i] * a[i];
}

// CHECK-VALUES: normalized wrt=x at=(rand(4, 1), 4)
void normalized(double *x, int n) { scale(x, 1 / std::sqrt(sum(x, n)), n); }

// CHECK-VALUES: halves wrt=x at=(rand(5, 1), 5),({2}, 1)
double halves(const double *x, int n) { return sum(x, n / 2) * sum(x + n / 2, n - n / 2); }

// CHECK-VALUES: neighbours wrt=x at=(rand(4, 1), 4)
void neighbours(double *x, int n) {
  for (int i = 0; i + 1 < n; ++i)
    mix(x[i], x[i + 1]);
}

// One element twice.
// CHECK-VALUES: same_element wrt=x at=(rand(3, 1), 3)
void same_element(double *x, int n) {
  for (int i = 0; i < n; ++i)
    mix(x[i], x[n - 1 - i]);
}

// CHECK-VALUES: overlapping wrt=x at=(rand(5, 1), 5)
void overlapping(double *x, int n) {
  add(x, x + 1, x + 2, n - 2);
  add(x, x, x, n);
}

// CHECK-VALUES: local_array wrt=x at=(rand(3, 1))
double local_array(const double *x) {
  double t[3];
  add(x, x, t, 3);
  scale(t, t[1], 3);
  return sum(t, 3) + sum(t + 1, 1);
}

// CHECK-VALUES: in_a_loop wrt=x at=(rand(3, 1), 3, 2),(rand(3, 1), 3, 0)
double in_a_loop(double *x, int n, int trips) {
  double total = 0;
  for (int t = 0; t < trips; ++t) {
    scale(x, 1 + 0.1 * x[t % n], n);
    total += sum(x, n);
  }
  return total;
}

// Only part of what a function writes is wanted.
void both(const double *x, double *s, double *p, int n) {
  *s = 0;
  *p = 1;
  for (int i = 0; i < n; ++i) {
    *s += x[i];
    *p *= x[i];
  }
}
// CHECK-VALUES: only_one wrt=x at=(rand(3, 1), 3)
double only_one(const double *x, int n) {
  double s, p;
  both(x, &s, &p, n);
  return p * p;
}

static int first_positive(const double *x, int n) {
  for (int i = 0; i < n; ++i)
    if (x[i] > 0)
      return i;
  return 0;
}
// CHECK-VALUES: found wrt=x at=({-1, 2, 3}, 3),({-1, -2}, 2),({4}, 0)
double found(const double *x, int n) {
  double s = 0;
  for (int k = 1; k < 3; ++k)
    s += x[first_positive(x, n)] * k;
  return s;
}
