// RUN: %check-values %s
// Sorting: elements change places as their values decide.
#include <utility>

// CHECK-VALUES: bubble_sort wrt=x at=({3, 1, 2, 5, 4}, 5),({1, 2, 3}, 3),({3, 2, 1}, 3),({7}, 1),({}, 0)
void bubble_sort(double *x, int n) {
  for (int i = 0; i < n; i++)
    for (int j = 0; j + 1 < n - i; j++)
      if (x[j] > x[j + 1]) {
        double t = x[j];
        x[j] = x[j + 1];
        x[j + 1] = t;
      }
}

// CHECK-VALUES: until_sorted wrt=x at=({3, 1, 2, 5, 4}, 5),({1, 2, 3}, 3),({}, 0)
int until_sorted(double *x, int n) {
  int rounds = 0;
  bool changed = true;
  while (changed) {
    changed = false;
    for (int j = 0; j + 1 < n; ++j)
      if (x[j] > x[j + 1]) {
        std::swap(x[j], x[j + 1]);
        changed = true;
      }
    ++rounds;
  }
  return rounds;
}

// CHECK-VALUES: insertion_sort wrt=x at=({3, 1, 2, 5, 4}, 5),({2, 1}, 2)
void insertion_sort(double *x, int n) {
  for (int i = 1; i < n; ++i) {
    double key = x[i];
    int j = i - 1;
    while (j >= 0 && x[j] > key) {
      x[j + 1] = x[j];
      --j;
    }
    x[j + 1] = key;
  }
}

// What is sorted on the way is weighted by its rank.
// CHECK-VALUES: l_statistic wrt=x,w at=({3, 1, 2.5, 0.5}, {1, 0.5, 0.25, 2}, 4)
double l_statistic(const double *x, const double *w, int n) {
  double sorted[8];
  for (int i = 0; i < n; ++i)
    sorted[i] = x[i];
  for (int i = 0; i < n - 1; ++i) {
    int least = i;
    for (int j = i + 1; j < n; ++j)
      if (sorted[j] < sorted[least])
        least = j;
    std::swap(sorted[i], sorted[least]);
  }
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += w[i] * sorted[i] * sorted[i];
  return s;
}

// Quickselect: the range narrows around the k-th.
// CHECK-VALUES: kth wrt=x at=({3, 1, 2, 5, 4}, 5, 2),({3, 1, 2, 5, 4}, 5, 0),({3, 1, 2, 5, 4}, 5, 4)
double kth(double *x, int n, int k) {
  int low = 0, high = n - 1;
  while (low < high) {
    const double pivot = x[k];
    int i = low, j = high;
    do {
      while (x[i] < pivot)
        i++;
      while (pivot < x[j])
        j--;
      if (i <= j) {
        std::swap(x[i], x[j]);
        i++;
        j--;
      }
    } while (i <= j);
    if (j < k)
      low = i;
    if (k < i)
      high = j;
  }
  return x[k] * x[k];
}

// Keys and values together; the order as indices.
// CHECK-VALUES: ordered wrt=key,value,out at=({3, 1, 2}, {5, 6, 7}, {0, 0, 0}, {9, 9, 9}, 3)
void ordered(const double *key, const double *value, double *out, int *order, int n) {
  for (int i = 0; i < n; ++i)
    order[i] = i;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j)
      if (key[order[i]] < key[order[j]]) {
        int t = order[i];
        order[i] = order[j];
        order[j] = t;
      }
  for (int i = 0; i < n; ++i)
    out[i] = value[order[i]] * key[order[i]];
}
