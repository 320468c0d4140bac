// RUN: %check-values %s
// Decisions on elements that are overwritten later: the reverse sweep must not decide anew.
#include <cmath>

// CHECK-VALUES: overwritten_after wrt=x at=({1, -2, 3}, 3),({}, 0)
double overwritten_after(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    if (x[i] > 0)
      s += x[i] * x[i];
    else
      s -= 2 * x[i];
    x[i] = -x[i];
  }
  return s;
}

// CHECK-VALUES: overwritten_within wrt=x at=({1, -2, 3}, 3)
void overwritten_within(double *x, int n) {
  for (int i = 0; i < n; ++i)
    if (x[i] > 0) {
      x[i] = -x[i] * x[i];
      x[i] += 0.5 * x[0];
    } else {
      x[i] = x[i] * x[i] + 3;
    }
}

// The threshold moves.
// CHECK-VALUES: threshold wrt=x,t at=({1, 0.5, 3, 2}, 0.75, 4)
double threshold(const double *x, double *t, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    if (x[i] > *t) {
      s += x[i] * *t;
      *t = 0.5 * (*t + x[i]);
    } else {
      s *= x[i];
      *t *= 1.1;
    }
  return s;
}

// Each decision reads what the one before wrote.
// CHECK-VALUES: sandpile wrt=x at=({1.5, 0.25, 0.75, 0.1}, 4)
void sandpile(double *x, int n) {
  for (int i = 0; i + 1 < n; ++i)
    if (x[i] > 1) {
      const double spill = 0.5 * x[i] * x[i];
      x[i] -= spill;
      x[i + 1] += spill;
    } else if (x[i] > 0.5) {
      x[i + 1] *= x[i];
    }
}

// CHECK-VALUES: of_a_sum wrt=x at=({1, 2, -4, 3}, 4)
double of_a_sum(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    s += x[i];
    if (s > 0)
      x[i] *= s;
    else
      x[i] = s * s;
  }
  return s;
}

// The trip count comes from an element that the loop overwrites.
// CHECK-VALUES: trip_count wrt=x at=({3.5, 2}),({0.5, 2})
double trip_count(double *x) {
  const int n = static_cast<int>(x[0]);
  for (int i = 0; i < n; ++i) {
    x[1] *= x[0] * 0.3;
    x[0] += 0.25;
  }
  return x[1];
}

// A choice of place by value.
// CHECK-VALUES: choice_of_place wrt=x at=({1, 2, 3}, 4),({2, 1, 3}, 1)
void choice_of_place(double *x, int trips) {
  for (int t = 0; t < trips; ++t) {
    int least = 0;
    for (int i = 1; i < 3; ++i)
      if (x[i] < x[least])
        least = i;
    x[least] = x[0] * x[1] * 0.5 + x[2];
  }
}

// Both arms write, one place each.
// CHECK-VALUES: either wrt=x,y at=({1, -1, 2}, {0, 0, 0}, {9, 9, 9}, 3)
void either(double *x, double *y, double *z, int n) {
  for (int i = 0; i < n; ++i) {
    if (x[i] > 0)
      y[i] = x[i] * x[i];
    else
      z[i] = x[i] * 3;
    x[i] = 0;
  }
}

// What is the same in all trips of the inner loop is kept once for all of them; what is
// computed of it, and of something else, is not.
// CHECK-VALUES: kept_once wrt=a at=({1, 2}, rand(4, 2), 4, 3),({-1, 0.5}, rand(1, 2), 1, 2)
// CHECK-VALUES: kept_once wrt=a,x at=({1, 2}, rand(4, 2), 4, 3),({-1, 0.5}, rand(1, 2), 1, 2)
double kept_once(double *a, const double *__restrict x, int n, int steps) {
  double sum = 0;
  for (int t = 0; t < steps; ++t) {
    for (int i = 0; i < n; ++i) {
      const double s = a[0] * x[i] + a[1];
      sum += s * s;
    }
    a[0] += sum;
    a[1] *= a[0];
  }
  return sum;
}

// CHECK-VALUES: compared_once wrt=a,x at=({1.5, 2}, {1, 2, 3}, 3, 3),({-1, 0.5}, {2}, 1, 2)
double compared_once(double *a, const double *__restrict x, int n, int steps) {
  double sum = 0;
  for (int t = 0; t < steps; ++t) {
    for (int i = 0; i < n; ++i)
      if (a[0] < x[i])
        sum += x[i] * a[1];
      else
        sum -= 2 * x[i];
    a[0] += 0.3;
    a[1] *= a[0];
  }
  return sum;
}
