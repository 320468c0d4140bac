// RUN: %check-values %s
// Bodies under gravity: Runge-Kutta on arrays, and velocity Verlet in place.
#include <cmath>
#include <vector>

const double softening = 0.05;

// The state holds positions, then velocities, in the plane.
// CHECK-VALUES: derivative wrt=y,m,dy at=({0, 0, 1, 0.5, -1, 0.25, 0, 0.5, 0.5, 0, 0.25, -1}, {1, 0.5, 0.25}, rand(12, 1), 3)
void derivative(const double *y, const double *m, double *dy, int n) {
  for (int i = 0; i < 2 * n; ++i) {
    dy[i] = y[2 * n + i];
    dy[2 * n + i] = 0;
  }
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j) {
      if (j == i)
        continue;
      const double dx = y[2 * j] - y[2 * i], dz = y[2 * j + 1] - y[2 * i + 1];
      const double r2 = dx * dx + dz * dz + softening;
      const double w = m[j] / (r2 * std::sqrt(r2));
      dy[2 * n + 2 * i] += w * dx;
      dy[2 * n + 2 * i + 1] += w * dz;
    }
}

// CHECK-VALUES: rk4 wrt=y,m,h at=({0, 0, 1, 0.5, 0, 0.5, 0.25, -1}, {1, 0.5}, 2, 0.125, 2),({0, 0, 1, 0.5}, {1}, 1, 0.125, 1),({0, 0, 1, 0.5}, {1}, 1, 0.125, 0)
void rk4(double *y, const double *m, int n, double h, int steps) {
  const int size = 4 * n;
  std::vector<double> k1(size), k2(size), k3(size), k4(size), t(size);
  for (int s = 0; s < steps; ++s) {
    derivative(y, m, k1.data(), n);
    for (int i = 0; i < size; ++i)
      t[i] = y[i] + h / 2 * k1[i];
    derivative(t.data(), m, k2.data(), n);
    for (int i = 0; i < size; ++i)
      t[i] = y[i] + h / 2 * k2[i];
    derivative(t.data(), m, k3.data(), n);
    for (int i = 0; i < size; ++i)
      t[i] = y[i] + h * k3[i];
    derivative(t.data(), m, k4.data(), n);
    for (int i = 0; i < size; ++i)
      y[i] += h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
  }
}

// CHECK-VALUES: verlet wrt=x,v,k,h at=({0.5, 1, -0.5}, {0, 0.25, 1}, 3, 2, 0.125, 3)
void verlet(double *x, double *v, int n, double k, double h, int steps) {
  double a[8];
  for (int i = 0; i < n; ++i)
    a[i] = -k * std::sin(x[i]);
  for (int s = 0; s < steps; ++s) {
    for (int i = 0; i < n; ++i) {
      x[i] += h * v[i] + 0.5 * h * h * a[i];
      const double b = -k * std::sin(x[i]);
      v[i] += 0.5 * h * (a[i] + b);
      a[i] = b;
    }
  }
}
