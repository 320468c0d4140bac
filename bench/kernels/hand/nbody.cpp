// Kept are the positions at the four stages of every step, which are written
// straight into the tape (the accelerations depend on nothing else, and
// everything else is linear), and the inverse distances of all pairs, which
// saves the root and the division; forward they are computed row by row, in a
// loop that vectorizes.
#include "hand.h"

#include <algorithm>
#include <cmath>
#include <memory>

/// 1 / distance of body i from those before it.
static void inverse_distances(const double *__restrict x, int i,
                              double *__restrict inverse) {
  for (int j = 0; j < i; ++j) {
    const double dx = x[3 * i] - x[3 * j];
    const double dy = x[3 * i + 1] - x[3 * j + 1];
    const double dz = x[3 * i + 2] - x[3 * j + 2];
    inverse[j] = 1 / std::sqrt(dx * dx + dy * dy + dz * dz + 1e-4);
  }
}

static void accelerations(const double *__restrict x,
                          const double *__restrict mass, double *__restrict a,
                          double *__restrict inverses, int n) {
  for (int i = 0; i < n; inverses += i, ++i) {
    inverse_distances(x, i, inverses);
    double ax = 0, ay = 0, az = 0;
    for (int j = 0; j < i; ++j) {
      const double dx = x[3 * i] - x[3 * j];
      const double dy = x[3 * i + 1] - x[3 * j + 1];
      const double dz = x[3 * i + 2] - x[3 * j + 2];
      const double w = inverses[j] * inverses[j] * inverses[j];
      ax -= mass[j] * w * dx;
      ay -= mass[j] * w * dy;
      az -= mass[j] * w * dz;
      a[3 * j] += mass[i] * w * dx;
      a[3 * j + 1] += mass[i] * w * dy;
      a[3 * j + 2] += mass[i] * w * dz;
    }
    a[3 * i] = ax;
    a[3 * i + 1] = ay;
    a[3 * i + 2] = az;
  }
}

/// x_bar is set, mass_bar added to.
static void accelerations_back(const double *__restrict x,
                               const double *__restrict mass,
                               const double *__restrict inverses,
                               const double *__restrict a_bar,
                               double *__restrict x_bar,
                               double *__restrict mass_bar, int n) {
  std::fill_n(x_bar, 3 * n, 0.0);
  for (int i = 0; i < n; ++i) {
    const double xi = x[3 * i], yi = x[3 * i + 1], zi = x[3 * i + 2];
    const double ax = a_bar[3 * i], ay = a_bar[3 * i + 1],
                 az = a_bar[3 * i + 2];
    double bar_x = 0, bar_y = 0, bar_z = 0, bar_m = 0;
    for (int j = 0; j < i; ++j) {
      const double bx = a_bar[3 * j], by = a_bar[3 * j + 1],
                   bz = a_bar[3 * j + 2];
      const double dx = xi - x[3 * j];
      const double dy = yi - x[3 * j + 1];
      const double dz = zi - x[3 * j + 2];
      const double inverse = *inverses++;
      const double inverse2 = inverse * inverse, w = inverse * inverse2;
      const double on_i = dx * ax + dy * ay + dz * az;
      const double on_j = dx * bx + dy * by + dz * bz;
      mass_bar[j] -= w * on_i;
      bar_m += w * on_j;
      const double pull = -3 * w * inverse2 * (mass[i] * on_j - mass[j] * on_i);
      const double ux = w * (mass[i] * bx - mass[j] * ax) + pull * dx;
      const double uy = w * (mass[i] * by - mass[j] * ay) + pull * dy;
      const double uz = w * (mass[i] * bz - mass[j] * az) + pull * dz;
      bar_x += ux, bar_y += uy, bar_z += uz;
      x_bar[3 * j] -= ux;
      x_bar[3 * j + 1] -= uy;
      x_bar[3 * j + 2] -= uz;
    }
    x_bar[3 * i] += bar_x;
    x_bar[3 * i + 1] += bar_y;
    x_bar[3 * i + 2] += bar_z;
    mass_bar[i] += bar_m;
  }
}

void hand::integrate_grad(std::vector<double> &position,
                          std::vector<double> &velocity,
                          const std::vector<double> &mass, double h, int steps,
                          std::vector<double> &position_bar,
                          std::vector<double> &velocity_bar,
                          std::vector<double> &mass_bar) {
  const int n = position.size(), bodies = mass.size();
  const std::size_t stages = 4 * std::size_t(std::max(steps, 0));
  const std::size_t pairs = std::size_t(bodies) * (bodies - 1) / 2;
  const std::unique_ptr<double[]> tape(new double[stages * n]);
  const std::unique_ptr<double[]> inverse_tape(new double[stages * pairs]);
  std::vector<double> v2(n), v3(n), v4(n), a1(n), a2(n), a3(n), a4(n);
  double *x = tape.get(), *inverses = inverse_tape.get();
  for (int step = 0; step < steps; ++step, x += 4 * n, inverses += 4 * pairs) {
    double *x2 = x + n, *x3 = x2 + n, *x4 = x3 + n;
    std::copy(position.begin(), position.end(), x);
    accelerations(x, mass.data(), a1.data(), inverses, bodies);
    for (int i = 0; i < n; ++i) {
      x2[i] = position[i] + 0.5 * h * velocity[i];
      v2[i] = velocity[i] + 0.5 * h * a1[i];
    }
    accelerations(x2, mass.data(), a2.data(), inverses + pairs, bodies);
    for (int i = 0; i < n; ++i) {
      x3[i] = position[i] + 0.5 * h * v2[i];
      v3[i] = velocity[i] + 0.5 * h * a2[i];
    }
    accelerations(x3, mass.data(), a3.data(), inverses + 2 * pairs, bodies);
    for (int i = 0; i < n; ++i) {
      x4[i] = position[i] + h * v3[i];
      v4[i] = velocity[i] + h * a3[i];
    }
    accelerations(x4, mass.data(), a4.data(), inverses + 3 * pairs, bodies);
    for (int i = 0; i < n; ++i) {
      position[i] += h / 6 * (velocity[i] + 2 * v2[i] + 2 * v3[i] + v4[i]);
      velocity[i] += h / 6 * (a1[i] + 2 * a2[i] + 2 * a3[i] + a4[i]);
    }
  }

  // `a_bar` is the adjoint of the accelerations of one stage, `x_bar` that of
  // the positions at that stage.
  std::vector<double> a_bar(n), x_bar(n);
  const double half = 0.5 * h, third = h / 3, sixth = h / 6;
  std::vector<double> &x4_bar = v4, &x3_bar = v3, &x2_bar = v2;
  const auto back = [&](int stage, std::vector<double> &bar) {
    accelerations_back(x + stage * n, mass.data(), inverses + stage * pairs,
                       a_bar.data(), bar.data(), mass_bar.data(), bodies);
  };
  for (int step = 0; step < steps; ++step) {
    x -= 4 * n;
    inverses -= 4 * pairs;
    for (int i = 0; i < n; ++i)
      a_bar[i] = sixth * velocity_bar[i];
    back(3, x4_bar);
    // v4 = velocity + h a3, and x4 = position + h v3
    for (int i = 0; i < n; ++i)
      a_bar[i] = third * velocity_bar[i] + h * sixth * position_bar[i];
    back(2, x3_bar);
    for (int i = 0; i < n; ++i)
      a_bar[i] = third * velocity_bar[i] +
                 half * (third * position_bar[i] + h * x4_bar[i]);
    back(1, x2_bar);
    for (int i = 0; i < n; ++i)
      a_bar[i] = sixth * velocity_bar[i] +
                 half * (third * position_bar[i] + half * x3_bar[i]);
    back(0, x_bar);
    for (int i = 0; i < n; ++i) {
      velocity_bar[i] +=
          h * (position_bar[i] + x4_bar[i]) + half * (x3_bar[i] + x2_bar[i]);
      position_bar[i] += x_bar[i] + x2_bar[i] + x3_bar[i] + x4_bar[i];
    }
  }
}
