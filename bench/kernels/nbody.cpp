#include <cmath>
#include <vector>

// The accelerations of bodies that attract each other, with softened distances.
static void accelerations(const std::vector<double> &x,
                          const std::vector<double> &mass,
                          std::vector<double> &a) {
  const int n = mass.size();
  for (double &component : a)
    component = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) {
      const double dx = x[3 * i] - x[3 * j];
      const double dy = x[3 * i + 1] - x[3 * j + 1];
      const double dz = x[3 * i + 2] - x[3 * j + 2];
      const double inverse = 1 / std::sqrt(dx * dx + dy * dy + dz * dz + 1e-4);
      const double w = inverse * inverse * inverse;
      a[3 * i] -= mass[j] * w * dx;
      a[3 * i + 1] -= mass[j] * w * dy;
      a[3 * i + 2] -= mass[j] * w * dz;
      a[3 * j] += mass[i] * w * dx;
      a[3 * j + 1] += mass[i] * w * dy;
      a[3 * j + 2] += mass[i] * w * dz;
    }
}

// Moves the bodies on by the classical Runge-Kutta method.
void integrate(std::vector<double> &__restrict position,
               std::vector<double> &__restrict velocity,
               const std::vector<double> &__restrict mass, double h, int steps) {
  const int n = position.size();
  std::vector<double> x(n), v2(n), v3(n), v4(n), a1(n), a2(n), a3(n), a4(n);
  for (int step = 0; step < steps; ++step) {
    accelerations(position, mass, a1);
    for (int i = 0; i < n; ++i) {
      x[i] = position[i] + 0.5 * h * velocity[i];
      v2[i] = velocity[i] + 0.5 * h * a1[i];
    }
    accelerations(x, mass, a2);
    for (int i = 0; i < n; ++i) {
      x[i] = position[i] + 0.5 * h * v2[i];
      v3[i] = velocity[i] + 0.5 * h * a2[i];
    }
    accelerations(x, mass, a3);
    for (int i = 0; i < n; ++i) {
      x[i] = position[i] + h * v3[i];
      v4[i] = velocity[i] + h * a3[i];
    }
    accelerations(x, mass, a4);
    for (int i = 0; i < n; ++i) {
      position[i] += h / 6 * (velocity[i] + 2 * v2[i] + 2 * v3[i] + v4[i]);
      velocity[i] += h / 6 * (a1[i] + 2 * a2[i] + 2 * a3[i] + a4[i]);
    }
  }
}
