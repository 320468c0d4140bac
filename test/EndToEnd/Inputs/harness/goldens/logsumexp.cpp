//--- original
#include <algorithm>
#include <cmath>

// CHECK-VALUES: logsumexp wrt=x at=({1, -2, 0.5}, 3),({1, 2.5, 0.5, 2}, 4),({3}, 1),(rand(9, 4), 9)
double logsumexp(const double *x, int n) {
  double m = x[0];
  for (int i = 1; i < n; ++i)
    m = std::max(m, x[i]);
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += std::exp(x[i] - m);
  return m + std::log(s);
}
//--- header
struct logsumexp_dual { double value, dot; };
void logsumexp_grad(const double *x, int n, double *x_bar, double seed = 1);
logsumexp_dual logsumexp_jvp(const double *x, int n, const double *x_dot);
//--- derivative
#include <vector>
void logsumexp_grad(const double *x, int n, double *x_bar, double seed) {
  // Forward sweep.
  double m = x[0];
  int m_from = 0; // m is x[m_from]
  for (int i = 1; i < n; ++i) {
    if (m < x[i]) {
      m = x[i];
      m_from = i;
    }
  }
  double s = 0;
  std::vector<double> e_tape(std::max(n, 0)); // std::exp(x[i] - m)
  for (int i = 0; i < n; ++i) {
    e_tape[i] = std::exp(x[i] - m);
    s += e_tape[i];
  }

  // Reverse sweep.
  // return m + std::log(s)
  double m_bar = seed;
  const double s_bar = seed / s;
  for (int i = 0; i < n; ++i) {
    // s += std::exp(x[i] - m)
    const double e_bar = e_tape[i] * s_bar;
    x_bar[i] += e_bar;
    m_bar -= e_bar;
  }
  // m = std::max(m, x[i])
  x_bar[m_from] += m_bar;
}
logsumexp_dual logsumexp_jvp(const double *x, int n, const double *x_dot) {
  double m = x[0], m_dot = x_dot[0];
  for (int i = 1; i < n; ++i)
    if (m < x[i]) {
      m = x[i];
      m_dot = x_dot[i];
    }
  double s = 0, s_dot = 0;
  for (int i = 0; i < n; ++i) {
    s_dot += std::exp(x[i] - m) * (x_dot[i] - m_dot);
    s += std::exp(x[i] - m);
  }
  return {m + std::log(s), m_dot + s_dot / s};
}
//--- valued
double logsumexp(const double *x, int n);
struct logsumexp_gradient_v { double value; };
inline logsumexp_gradient_v logsumexp_grad_v(const double *x, int n, double *x_bar, double seed = 1) {
  logsumexp_grad(x, n, x_bar, seed);
  return {logsumexp(x, n)};
}
//--- faults
maximum_left_out: m_bar -= e_bar; => ;
maximum_assigned: x_bar[m_from] += m_bar; => x_bar[m_from] = m_bar;
sign: m_bar -= e_bar => m_bar += e_bar
neighbour: x_bar[i] += e_bar => x_bar[(i + 1) % n] += e_bar
tangent_assigned: s_dot += => s_dot =
