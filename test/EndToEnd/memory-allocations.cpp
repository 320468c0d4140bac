// RUN: %check-values %s
// Arrays from new[] and malloc, which belong to the function.
#include "Inputs/types/vec3.h"

#include <cmath>
#include <cstdlib>

// CHECK-VALUES: squares_of_sines wrt=x at=({0.5, 1, 2}, 3),({0.5}, 1),({}, 0)
double squares_of_sines(const double *x, int n) {
  double *w = new double[n];
  for (int i = 0; i < n; ++i)
    w[i] = std::sin(x[i]);
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += w[i] * w[i];
  delete[] w;
  return s;
}

static void step(const double *a, double *b, int n, double k) {
  for (int i = 1; i + 1 < n; ++i)
    b[i] = a[i] + k * (a[i - 1] - 2 * a[i] + a[i + 1]) * a[i];
}

// Two arrays whose pointers are swapped.
// CHECK-VALUES: diffuse wrt=x,k at=({0.5, 1, 2, 0.25, 1}, 5, 3, 0.2),({0.5, 1, 2}, 3, 0, 0.2),({0.5, 1, 2, 4}, 4, 2, 0.1)
double diffuse(const double *x, int n, int steps, double k) {
  double *u = new double[n], *v = new double[n];
  for (int i = 0; i < n; ++i)
    u[i] = v[i] = x[i];
  for (int t = 0; t < steps; ++t) {
    step(u, v, n, k);
    double *s = u;
    u = v;
    v = s;
  }
  const double middle = u[n / 2] * v[1];
  delete[] u;
  delete[] v;
  return middle;
}

// CHECK-VALUES: as_in_c wrt=x at=({0.5, 1, 2}, 3),({}, 0)
double as_in_c(const double *x, int n) {
  double *w = (double *)malloc(n * sizeof(double));
  double *z = static_cast<double *>(std::calloc(n, sizeof *z));
  for (int i = 0; i < n; ++i) {
    w[i] = x[i] * x[i];
    z[i] += w[i] * x[n - 1 - i];
  }
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += z[i] * w[i];
  free(w);
  std::free(z);
  return s;
}

static double with_scratch(const double *x, int n, double a) {
  double *t = new double[n]();
  for (int i = 0; i < n; ++i)
    t[i] += x[i] * a;
  for (int i = 1; i < n; ++i)
    t[i] *= t[i - 1];
  const double last = n > 0 ? t[n - 1] : a;
  delete[] t;
  return last;
}

// Made and deleted in each trip, by a callee.
// CHECK-VALUES: in_trips wrt=x,s at=({0.5, 1, 2}, 3, 4, 0.5),({0.5, 1, 2}, 0, 2, 0.5),({0.5, 1, 2}, 3, 0, 0.5)
double in_trips(const double *x, int n, int trips, double s) {
  for (int i = 0; i < trips; ++i)
    s = 0.5 * std::sin(with_scratch(x, n, s)) + s * s;
  return s;
}

// Deleted before each of the exits; walked along by another pointer.
// CHECK-VALUES: left_early wrt=x at=({0.5, 1, 1.75}, 3),({0.5, 3, 2}, 3),({}, 0)
double left_early(const double *x, int n) {
  double *w = new double[n], *end = w + n;
  for (double *p = w; p != end; ++p, ++x) {
    *p = *x * *x;
    if (*p > 4) {
      delete[] w;
      return *x;
    }
  }
  double s = 0;
  while (end != w) {
    --end;
    s += *end * s + *end;
  }
  delete[] w;
  return s;
}

// CHECK-VALUES: of_objects wrt=x at=({0.5, 1, 2}, 3)
double of_objects(const double *x, int n) {
  Vec3 *p = new Vec3[n];
  for (int i = 0; i < n; ++i)
    p[i] = Vec3{x[i], x[0] * x[i], 1};
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += p[i].x * p[i].y * p[n - 1 - i].x;
  delete[] p;
  return s;
}

// Counts only, and no derivative.
// CHECK-VALUES: counted wrt=x at=({0.5, 1.5, 2.5, 0.25}, 4)
double counted(const double *x, int n) {
  int *bins = new int[3]();
  for (int i = 0; i < n; ++i)
    ++bins[int(x[i])];
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] * x[i] * bins[int(x[i])];
  delete[] bins;
  return s;
}
