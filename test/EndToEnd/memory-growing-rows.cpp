// RUN: %check-values %s
// Rows of tables that grow, vectors in vectors.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

// CHECK-VALUES: pascal wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5),({}, 0)
double pascal(const double *x, int n) {
  std::vector<std::vector<double>> rows;
  for (int i = 0; i < n; ++i) {
    rows.emplace_back();
    for (int j = 0; j <= i; ++j)
      rows.back().push_back(
          j == 0 || j == i ? x[i] : rows[i - 1][j - 1] * rows[i - 1][j] * x[j]);
  }
  double s = 0;
  for (const auto &r : rows)
    for (double e : r)
      s += e * e;
  return s;
}

// CHECK-VALUES: gram wrt=x at=(rand(12, 1), 3),(rand(12, 2), 2)
double gram(const double *x, int n) {
  const int d = 4;
  std::vector<std::vector<double>> basis;
  for (int i = 0; i < n && i < 3; ++i) {
    std::vector<double> v(x + i * d, x + (i + 1) * d);
    for (const auto &b : basis) {
      double dot = 0;
      for (int k = 0; k < d; ++k)
        dot += b[k] * v[k];
      for (int k = 0; k < d; ++k)
        v[k] -= dot * b[k];
    }
    double norm = 0;
    for (int k = 0; k < d; ++k)
      norm += v[k] * v[k];
    norm = std::sqrt(norm);
    for (int k = 0; k < d; ++k)
      v[k] /= norm;
    basis.push_back(v);
  }
  double s = 0;
  for (std::size_t i = 0; i < basis.size(); ++i)
    for (int k = 0; k < d; ++k)
      s += basis[i][k] * (k + 1) * (i + 1.5);
  return s;
}

// CHECK-VALUES: nested_pop wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5)
double nested_pop(const double *x, int n) {
  std::vector<std::vector<double>> m;
  double r = 0;
  for (int i = 0; i < n; ++i) {
    m.emplace_back();
    for (int j = 0; j <= i % 3; ++j)
      m.back().push_back(x[i] * (j + 1));
    if (i % 2 == 1) {
      double s = 0;
      for (double e : m.back())
        s += e * e;
      m.pop_back();
      m.back().push_back(s);
      r += s * m.back()[0];
    }
  }
  for (auto &row : m)
    for (double e : row)
      r += std::sin(e);
  m.clear();
  m.push_back(std::vector<double>(3, r));
  m.resize(2, std::vector<double>(2, r * r));
  return m[0][1] * m[1][1] + m[0].size();
}

// CHECK-VALUES: prefix wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5),({}, 0)
double prefix(const double *x, int n) {
  std::vector<double> p(1);
  for (int i = 0; i < n; ++i)
    p.push_back(p.back() + x[i] * x[i]);
  double r = 0;
  for (int i = 0; i < n; ++i)
    for (int j = i + 1; j <= n; ++j)
      r += std::sqrt(1 + p[j] - p[i]);
  return r;
}

// CHECK-VALUES: poly wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5)
double poly(const double *x, int n) {
  std::vector<double> p = {1.0};
  for (int i = 0; i < n && i < 5; ++i) {
    std::vector<double> q(p.size() + 1, 0.0);
    for (std::size_t k = 0; k < p.size(); ++k) {
      q[k + 1] += p[k];
      q[k] -= p[k] * x[i];
    }
    p = q;
  }
  double r = 0;
  for (std::size_t k = p.size(); k-- > 0;)
    r = r * 0.5 + p[k];
  return r;
}
