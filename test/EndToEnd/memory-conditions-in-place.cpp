// RUN: %check-values %s
// In-place transforms in which the old or the new value decides.
#include <algorithm>
#include <cmath>

// CHECK-VALUES: relu wrt=x at=({1, -2, 3, -0.5}, 4),({}, 0)
void relu(double *x, int n) {
  for (int i = 0; i < n; ++i)
    if (x[i] < 0)
      x[i] = 0;
}

// CHECK-VALUES: folded wrt=x at=({1, -2, 3, -0.5}, 4)
void folded(double *x, int n) {
  for (int i = 0; i < n; ++i) {
    if (x[i] > 0)
      x[i] = -x[i] * x[i];
    if (x[i] < -1)
      x[i] = 2 * x[i] + x[0];
    else
      x[i] *= 3;
  }
}

// CHECK-VALUES: clipped wrt=x,low,high at=({1, -2, 3, 0.25}, -1, 2, 4)
void clipped(double *x, double low, double high, int n) {
  for (int i = 0; i < n; ++i)
    x[i] = std::min(std::max(x[i], low), high) * x[i];
}

// CHECK-VALUES: collatz_like wrt=x at=({3, 0.5, 1.5}, 3)
void collatz_like(double *x, int n) {
  for (int i = 0; i < n; ++i)
    for (int k = 0; k < 4; ++k)
      if (x[i] > 1)
        x[i] = 0.5 * x[i];
      else
        x[i] = 3 * x[i] + 0.25 * x[i] * x[i];
}

// CHECK-VALUES: compacted wrt=x at=({1, -2, 3, -4, 5}, 5),({-1}, 1),({}, 0)
int compacted(double *x, int n) {
  int count = 0;
  for (int i = 0; i < n; ++i)
    if (x[i] > 0)
      x[count++] = x[i] * x[i];
  return count;
}

// CHECK-VALUES: partitioned wrt=x at=({1, -2, 3, -4, 5}, 5)
int partitioned(double *x, int n) {
  int low = 0, high = n;
  while (low < high) {
    if (x[low] < 0) {
      ++low;
    } else {
      --high;
      double t = x[low];
      x[low] = x[high];
      x[high] = 2 * t;
    }
  }
  return low;
}

// CHECK-VALUES: switched wrt=x at=({1, -2, 3, -4, 5}, {0, 1, 2, 3, 1}, 5)
void switched(double *x, const int *kind, int n) {
  for (int i = 0; i < n; ++i)
    switch (kind[i]) {
    case 0:
      x[i] = std::sin(x[i]);
      break;
    case 1:
      x[i] *= x[0];
      [[fallthrough]];
    case 2:
      x[i] += x[i] * x[i];
      break;
    default:
      break;
    }
}

// What the inner branch alone has kept is read in the inner branch alone.
// CHECK-VALUES: kept_in_inner_branch wrt=x,y at=({-1, -1, 0.5, 2, 3}, 2, 0),({1, 1.5, 0.5, 2, 3}, 2, 0),({1, 1, 1, 1, 1}, 2, 5)
void kept_in_inner_branch(double *__restrict x, double y, int n) {
  for (int i = 1; i >= 0; --i) {
    if (n > 2) {
    } else if (x[i * 2 % 5] >= -0.4) {
      y /= x[i % 5] * x[i % 5];
    }
    x[i % 5] = y * x[i % 5];
  }
}
