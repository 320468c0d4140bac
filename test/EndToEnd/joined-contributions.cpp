// RUN: %check-values %s
// RUN: adgen %s --function pairs,straight,renamed,apart -o - | FileCheck %s
// RUN: adgen %s --function pairs -o - --disable-pass=ad-join-contributions | FileCheck %s --check-prefix=WITHOUT
// In loops, what several statements add to an adjoint with one factor is added at once.
#include <cmath>

// The adjoints of w, dx and dy are sums of products of the masses, the moments of the forces
// are named.
// CHECK-LABEL: void pairs_grad(
// CHECK:      // a[2 * j] += m[i] * w * dx
// CHECK-NEXT: const double t_bar = dx * a_bar[2 * j] + dy * a_bar[2 * j + 1];
// CHECK-NEXT: double w_bar = m_i * t_bar;
// CHECK-NEXT: m_bar_i += w * t_bar;
// CHECK-NEXT: // a[2 * i] -= m[j] * w * dx
// CHECK-NEXT: const double t2_bar = dx * a_bar[2 * i] + dy * a_bar[2 * i + 1];
// CHECK-NEXT: w_bar -= m_j * t2_bar;
// CHECK-NEXT: m_bar[j] -= w * t2_bar;
// CHECK:      const double dx_bar =
// CHECK-NEXT: w * (m_i * a_bar[2 * j] - dx * w * (w_bar * w) - m_j * a_bar[2 * i]);
// WITHOUT:     double w_bar = m_i * dy * t_bar;
// WITHOUT:     w_bar += m_i * dx * t2_bar;
// WITHOUT:     w_bar -= m_j * dy * t3_bar;
// CHECK-VALUES: pairs wrt=x,m at=({0.7, -1.3, 2.1, 0.4, 1.6, -0.2, 1.1, -0.8},{-1.3, 2.1, 0.4, 1.6},{2.1, 0.4, 1.6, -0.2, 1.1, -0.8, 0.7, -1.3},4),({0.7, -1.3, 2.1, 0.4, 1.6, -0.2},{-1.3, 2.1, 0.4},{2.1, 0.4, 1.6, -0.2, 1.1, -0.8},3),({0.7, -1.3},{-1.3},{2.1, 0.4},1),({0.7},{-1.3},{2.1},0)
void pairs(const double *x, const double *m, double *__restrict a, int n) {
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) {
      const double dx = x[2 * i] - x[2 * j];
      const double dy = x[2 * i + 1] - x[2 * j + 1];
      const double w = 1 / std::sqrt(dx * dx + dy * dy + 0.5);
      a[2 * i] -= m[j] * w * dx;
      a[2 * i + 1] -= m[j] * w * dy;
      a[2 * j] += m[i] * w * dx;
      a[2 * j + 1] += m[i] * w * dy;
    }
}

// Outside of loops each statement has its own.
// CHECK-LABEL: straight_grad(
// CHECK:      // v = k * x
// CHECK-NEXT: double x_bar = k * v_bar;
// CHECK-NEXT: double k_bar = x * v_bar;
// CHECK-NEXT: // u = k * std::exp(x)
// CHECK-NEXT: x_bar += exp_x * k * u_bar;
// CHECK-NEXT: k_bar += exp_x * u_bar;
// CHECK-VALUES: straight wrt=x,k at=(0.3, 2),(-1, 0)
double straight(double x, double k) {
  const double u = k * std::exp(x);
  const double v = k * x;
  return std::sin(u) * v;
}

// What a contribution reads has another value where the next one is: it stays.
// CHECK-LABEL: renamed_grad(
// CHECK:      k_bar += p * p * p_bar;
// CHECK:      p_bar = k * (std::cos(p) * seed + 2 * p * p_bar);
// CHECK-VALUES: renamed wrt=x,k at=({0.7, -1.3, 2.1}, 0.7, 3),({0.7}, 2, 1),({0.7}, 1, 0)
double renamed(const double *x, double k, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    double p = k * x[i];
    s += std::sin(p) * k;
    p = k * p * p;
    s += std::cos(p) * k * x[i];
  }
  return s;
}

// Nothing is shared: nothing is joined.
// CHECK-LABEL: void apart_grad(
// CHECK:      // s[i] = d * y[i]
// CHECK:      double d_bar = y[i] * t_bar;
// CHECK:      // r[i] = std::sin(d)
// CHECK:      d_bar += std::cos(d) * t2_bar;
// CHECK-VALUES: apart wrt=x,y at=({0.7, -1.3, 2.1}, {0.4, 1.6, -0.2}, {1, 2, 3}, {3, 2, 1}, 3),({0.7}, {0.4}, {1}, {1}, 0)
void apart(const double *x, const double *y, double *__restrict r, double *__restrict s, int n) {
  for (int i = 0; i < n; ++i) {
    const double d = x[i] * x[i];
    r[i] = std::sin(d);
    s[i] = d * y[i];
  }
}

// Signs, branches, a chain of more than two and powers of what is shared.
// CHECK-VALUES: mixed wrt=x,k at=({0.7, -1.3, 2.1, 0.4}, 0.7, 4),({0.7, -1.3, 2.1, 0.4}, -2, 4),({0.7}, 2, 1),({0.7}, 1, 0)
double mixed(const double *x, double k, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    const double d = x[i] * x[i] - k;
    s += k * d * x[i];
    s -= k * k * d * 3;
    if (d > 0)
      s += d * k / x[i];
    s -= k * std::sin(d) * x[i] - k * d;
    int m = i;
    while (m > 0) {
      s += d * k * m;
      s -= d * k * x[m];
      m /= 2;
    }
  }
  return s;
}
