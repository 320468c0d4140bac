// RUN: %check-values %s
// The heat equation by explicit steps: in place, and with two buffers that change places.
#include <cmath>
#include <vector>

// CHECK-VALUES: in_place wrt=u,k at=(rand(5, 1), 5, 0.25, 3),({2, 3}, 2, 0.5, 2),(rand(5, 1), 5, 0.25, 0)
void in_place(double *u, int n, double k, int steps) {
  for (int t = 0; t < steps; ++t) {
    double left = u[0];
    for (int i = 1; i < n - 1; ++i) {
      const double here = u[i];
      u[i] += k * (left - 2 * here + u[i + 1]);
      left = here;
    }
  }
}

// CHECK-VALUES: swapped_pointers wrt=a,b,k at=(rand(5, 1), rand(5, 2), 5, 0.25, 3),(rand(5, 1), rand(5, 2), 5, 0.25, 2),(rand(5, 1), rand(5, 2), 5, 0.25, 0)
void swapped_pointers(double *a, double *b, int n, double k, int steps) {
  for (int t = 0; t < steps; ++t) {
    b[0] = a[0];
    b[n - 1] = a[n - 1];
    for (int i = 1; i < n - 1; ++i)
      b[i] = a[i] + k * (a[i - 1] - 2 * a[i] + a[i + 1]);
    double *t0 = a;
    a = b;
    b = t0;
  }
}

// The conductivity depends on the temperature.
// CHECK-VALUES: nonlinear wrt=u,k at=(rand(5, 1), 0.25, 5, 2),(rand(3, 1), 0.25, 3, 1)
double nonlinear(const double *u, double k, int n, int steps) {
  std::vector<double> now(u, u + n), next(n);
  double *a = now.data(), *b = next.data();
  for (int t = 0; t < steps; ++t) {
    for (int i = 0; i < n; ++i) {
      const double left = i > 0 ? a[i - 1] : a[i];
      const double right = i + 1 < n ? a[i + 1] : a[i];
      const double conductivity = k * (1 + 0.1 * a[i] * a[i]);
      b[i] = a[i] + conductivity * (left - 2 * a[i] + right);
    }
    std::swap(a, b);
  }
  double e = 0;
  for (int i = 0; i < n; ++i)
    e += a[i] * a[i];
  return e;
}
