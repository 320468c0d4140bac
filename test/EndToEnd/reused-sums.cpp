// RUN: %check-values %s
// RUN: adgen %s -o %t.cpp
// RUN: FileCheck %s --check-prefix=TEXT --input-file %t.cpp
// RUN: adgen %s --function shifted -o - --disable-pass=ad-reuse-sums | FileCheck %s --check-prefix=WITHOUT
// The adjoint of what all terms of a sum depend on alike is a multiple of the sum.
#include <cmath>
#include <vector>

// TEXT-LABEL: void shifted_grad(
// TEXT:       m_bar -= s * s_bar;
// WITHOUT:    sum_over(
// CHECK-VALUES: shifted wrt=x,m at=({0.3, -1, 2}, 3, 0.4),({1}, 1, 1)
double shifted(const double *x, int n, const double &m) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += std::exp(x[i] - m);
  return std::log(s) * std::sqrt(s);
}

// Nothing is added up: the seed of the sum may be anything.
// TEXT-LABEL: void of_none_grad(
// TEXT:       m_bar += m_bar2 - s * m_bar2;
// CHECK-VALUES: of_none wrt=x,m at=({}, 0, 0.4),({0.2, 0.5}, 2, -0.1)
double of_none(const double *x, int n, const double &m) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += std::exp(x[i] - m);
  return std::sin(s + m);
}

// A sum that started with something is not what the loop added up.
// TEXT-LABEL: void with_a_start_grad(
// TEXT-NOT:   s * s_bar
// CHECK-VALUES: with_a_start wrt=x,m at=({0.3, -1, 2}, 3, 0.4),({1}, 1, 1),({}, 0, 2)
double with_a_start(const double *x, int n, const double &m) {
  double s = 0.5;
  for (int i = 0; i < n; ++i)
    s += std::exp(x[i] - m);
  return std::log(s);
}

// Nor is one of other terms, of other trips, or of a tape that only some trips write.
// TEXT-LABEL: void of_others_grad(
// TEXT-NOT:   s * s_bar
// CHECK-VALUES: of_others wrt=x,m at=({0.3, -1, 2}, 3, 0.4),({1}, 1, 1),({}, 0, 2)
double of_others(const double *x, int n, const double &m) {
  double s = 1e-300, t = 0;
  for (int i = 0; i < n; ++i)
    t += x[i] * std::exp(x[i] - m);
  for (int i = 1; i < n; ++i)
    s += std::exp(x[i] - m);
  for (int i = 0; i < n; ++i)
    if (x[i] > 0)
      s += std::exp(x[i] - m);
  return std::sin(s) * t;
}

// Each row has its own, which is over when the next one begins.
// TEXT-LABEL: void by_rows_grad(
// TEXT-NOT:   // Forward sweep.
// TEXT:       m_bar[i] -= s * s_bar;
// CHECK-VALUES: by_rows wrt=x,m at=({0.3, -1, 2, 0.1, 0.2, 0.7}, {0.4, 1}, 2, 3),({1}, {2}, 1, 1),({}, {1, 2}, 2, 0)
double by_rows(const double *x, const double *m, int rows, int n) {
  double whole = 0;
  for (int i = 0; i < rows; ++i) {
    double s = 0;
    for (int j = 0; j < n; ++j)
      s += std::exp(x[i * n + j] - m[i]);
    whole += std::sin(s);
  }
  return whole;
}
