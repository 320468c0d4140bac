// RUN: %check-values %s
// Trips that read what earlier trips wrote, in full or in part.
#include <cmath>

// CHECK-VALUES: averaged wrt=x at=(rand(5, 1), 5),({1, 2}, 2)
void averaged(double *x, int n) {
  for (int i = 1; i < n - 1; ++i)
    x[i] = (x[i - 1] + x[i] * x[i] + x[i + 1]) / 3;
}

// CHECK-VALUES: every_second wrt=x at=(rand(7, 1), 7)
void every_second(double *x, int n) {
  for (int i = 2; i < n; i += 2) {
    x[i] += x[i - 2] * x[i - 1];
    x[i - 1] = std::sin(x[i]);
  }
}

// The same element in every trip.
// CHECK-VALUES: one_place wrt=x at=(rand(4, 1), 4)
void one_place(double *x, int n) {
  for (int i = 0; i < n; ++i)
    x[0] = x[0] * x[i] + 1;
}

// CHECK-VALUES: modulo wrt=x at=(rand(3, 1), 3, 7)
void modulo(double *x, int n, int trips) {
  for (int t = 0; t < trips; ++t)
    x[t % n] = std::cos(x[(t + 1) % n]) * x[t % n];
}

// A window of what was computed last.
// CHECK-VALUES: windowed wrt=x at=(rand(6, 1), 6)
double windowed(const double *x, int n) {
  double last[3] = {1, 1, 1};
  double s = 0;
  for (int i = 0; i < n; ++i) {
    const double y = x[i] * last[0] + 0.5 * last[1] * last[2];
    last[2] = last[1];
    last[1] = last[0];
    last[0] = y;
    s += y * y;
  }
  return s;
}

// Accumulations in an array, read in the same loop.
// CHECK-VALUES: sums_read wrt=x at=(rand(6, 1), {0, 1, 0, 2, 1, 0}, 6)
double sums_read(const double *x, const int *group, int n) {
  double sum[3] = {}, r = 0;
  for (int i = 0; i < n; ++i) {
    sum[group[i]] += x[i];
    r += sum[group[i]] * sum[0];
  }
  return r;
}

// Accumulations read only after the loop.
// CHECK-VALUES: sums_later wrt=x at=(rand(6, 1), {0, 1, 0, 2, 1, 0}, 6)
double sums_later(const double *x, const int *group, int n) {
  double sum[3] = {};
  for (int i = 0; i < n; ++i)
    sum[group[i]] += x[i] * x[i];
  return sum[0] * sum[1] * sum[2];
}

// CHECK-VALUES: two_arrays wrt=x,y at=(rand(4, 1), rand(4, 2), 4)
void two_arrays(double *x, double *y, int n) {
  for (int i = 1; i < n; ++i) {
    x[i] = x[i] * y[i - 1];
    y[i] = y[i] + x[i - 1] * x[i];
  }
}

// The product of all the others.
// CHECK-VALUES: others wrt=x,y at=(rand(4, 1), {7, 7, 7, 7}, 4)
void others(const double *x, double *y, int n) {
  double p = 1;
  for (int i = 0; i < n; ++i) {
    y[i] = p;
    p *= x[i];
  }
  p = 1;
  for (int i = n - 1; i >= 0; --i) {
    y[i] *= p;
    p *= x[i];
  }
}
