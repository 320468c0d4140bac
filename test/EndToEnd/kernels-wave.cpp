// RUN: %check-values %s
// The wave equation: three buffers in rotation.
#include <utility>
#include <vector>

// CHECK-VALUES: rotated_pointers wrt=p,q,c at=(rand(5, 1), rand(5, 2), rand(5, 3), 5, 4),(rand(5, 1), rand(5, 2), rand(5, 3), 5, 1),(rand(3, 1), rand(3, 2), rand(3, 3), 3, 0)
double rotated_pointers(const double *p, const double *q, const double *c, int n, int steps) {
  std::vector<double> a(p, p + n), b(q, q + n), d(n);
  double *before = a.data(), *now = b.data(), *after = d.data();
  for (int t = 0; t < steps; ++t) {
    for (int i = 1; i < n - 1; ++i)
      after[i] = 2 * now[i] - before[i] + c[i] * c[i] * (now[i - 1] - 2 * now[i] + now[i + 1]);
    after[0] = after[n - 1] = 0;
    double *oldest = before;
    before = now;
    now = after;
    after = oldest;
  }
  double energy = 0;
  for (int i = 0; i < n; ++i)
    energy += now[i] * now[i] + 0.5 * (now[i] - before[i]) * (now[i] - before[i]);
  return energy;
}

// Rows of one array, told apart by the step's number.
// CHECK-VALUES: history wrt=u,c at=(rand(20, 1), 0.5, 5, 4),(rand(8, 1), 0.5, 4, 2)
void history(double *u, double c, int n, int steps) {
  for (int t = 1; t + 1 < steps; ++t)
    for (int i = 1; i < n - 1; ++i) {
      const double *now = u + t * n;
      u[(t + 1) * n + i] = 2 * now[i] - u[(t - 1) * n + i] + c * c * (now[i - 1] - 2 * now[i] + now[i + 1]);
    }
}

// A modulus chooses the buffer.
// CHECK-VALUES: modulo wrt=start,c at=(rand(4, 1), 0.5, 5),(rand(4, 1), 0.5, 1)
double modulo(const double *start, double c, int steps) {
  double u[3][4] = {};
  for (int i = 0; i < 4; ++i)
    u[0][i] = u[1][i] = start[i];
  for (int t = 1; t < steps; ++t)
    for (int i = 0; i < 4; ++i) {
      const double l = u[t % 3][(i + 3) % 4], r = u[t % 3][(i + 1) % 4];
      u[(t + 1) % 3][i] = 2 * u[t % 3][i] - u[(t + 2) % 3][i] + c * (l - 2 * u[t % 3][i] + r);
    }
  return u[steps % 3][0] * u[steps % 3][1] + u[steps % 3][2] * u[steps % 3][3];
}

// Yee's scheme: two fields that drive each other in place.
// CHECK-VALUES: leapfrog wrt=e,h,k at=(rand(5, 1), rand(4, 2), 0.5, 5, 3)
void leapfrog(double *e, double *h, double k, int n, int steps) {
  for (int t = 0; t < steps; ++t) {
    for (int i = 0; i < n - 1; ++i)
      h[i] += k * (e[i + 1] - e[i]);
    for (int i = 1; i < n - 1; ++i)
      e[i] += k * (h[i] - h[i - 1]);
  }
}
