// RUN: %check-values %s
// Functions that call themselves and change an array of their caller's.
#include <cmath>

// CHECK-VALUES: suffix_products wrt=x at=(rand(5, 1), 5),({2}, 1),({}, 0)
double suffix_products(double *x, int n) {
  if (n <= 0)
    return 0.5;
  x[0] *= suffix_products(x + 1, n - 1);
  return x[0] + std::sin(x[0]);
}

// Decisions and indices come from the data.
// CHECK-VALUES: quicksort wrt=x at=({3, 1, 2, 5, 4, 0.5}, 6),({2, 1}, 2),({2}, 1),({}, 0)
void quicksort(double *x, int n) {
  if (n < 2)
    return;
  const double p = x[n / 2];
  int i = 0, j = n - 1;
  while (i <= j) {
    while (x[i] < p)
      ++i;
    while (x[j] > p)
      --j;
    if (i <= j) {
      const double t = x[i];
      x[i] = x[j];
      x[j] = t;
      ++i;
      --j;
    }
  }
  quicksort(x, j + 1);
  quicksort(x + i, n - i);
}

// CHECK-VALUES: merge_sort wrt=x,w at=({3, 1, 2, 5, 4}, {0, 0, 0, 0, 0}, 5),({2}, {1}, 1)
void merge_sort(double *x, double *w, int n) {
  if (n < 2)
    return;
  const int h = n / 2;
  merge_sort(x, w, h);
  merge_sort(x + h, w, n - h);
  int i = 0, j = h;
  for (int k = 0; k < n; ++k)
    w[k] = i < h && (j >= n || x[i] <= x[j]) ? x[i++] : x[j++];
  for (int k = 0; k < n; ++k)
    x[k] = w[k];
}

// A call in a loop, and what it is called with changes from trip to trip.
// CHECK-VALUES: branching wrt=x at=(rand(6, 1), 4),(rand(3, 2), 1),({2}, 0)
double branching(double *x, int n) {
  if (n < 1)
    return 1;
  double s = 0;
  for (int i = 1; i < 3 && i < n + 1; ++i) {
    s += branching(x + i, n - i) * x[0];
    x[0] = 0.5 * x[0] + 0.1 * s;
  }
  return s + x[0];
}

// Under loops and a condition: of the runs' results there are not as many as trips.
// CHECK-VALUES: nested wrt=x at=(rand(7, 1), 5),(rand(5, 2), 3),({2}, 0)
double nested(double *x, int n) {
  if (n < 1)
    return 1;
  double s = 0;
  for (int i = 0; i < 2; ++i)
    for (int j = 1; j < 3; ++j)
      if (j <= n) {
        s += nested(x + j, n - j - 1) * x[i];
        x[i] = x[i] * 0.5 + 0.01 * s;
      }
  return s;
}

// The two arrays change places, and may overlap.
// CHECK-VALUES: exchanged wrt=a,b at=(rand(6, 1), rand(6, 2), 4),({1, 2}, {3, 4}, 1)
void exchanged(double *a, double *b, int n) {
  if (n < 1)
    return;
  if (n % 2) {
    exchanged(a + 1, b, n - 1);
  } else {
    exchanged(b, a + 1, n - 1);
    a[0] -= 0.2 * b[1] * a[0];
  }
  b[0] += 0.1 * a[0] * a[1];
}

// CHECK-VALUES: overlapping wrt=x at=(rand(9, 1), 5)
double overlapping(double *x, int n) {
  exchanged(x, x + 1, n);
  return x[0] * x[1];
}

// A local array in every call.
// CHECK-VALUES: packet wrt=x at=(rand(8, 1), 8),(rand(3, 1), 3),({2}, 1)
void packet(double *x, int n) {
  if (n < 2)
    return;
  double w[8];
  const int h = n / 2;
  for (int i = 0; i < h; ++i) {
    w[i] = x[2 * i] * x[2 * i + 1];
    w[i + h] = x[2 * i] - x[2 * i + 1];
  }
  for (int i = 0; i < 2 * h; ++i)
    x[i] = w[i];
  packet(x, h);
}
