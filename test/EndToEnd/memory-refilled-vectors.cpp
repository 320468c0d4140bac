// RUN: %check-values %s
// Vectors that are emptied, filled, resized and moved again and again.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

// CHECK-VALUES: refill wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5),({}, 0)
double refill(const double *x, int n) {
  std::vector<double> buf;
  double r = 0;
  for (int i = 0; i < n; ++i) {
    buf.clear();
    for (int j = 0; j < i % 4 + 1; ++j)
      buf.push_back(x[i] * x[j] + r);
    for (std::size_t j = 0; j < buf.size(); ++j)
      r += 0.1 * std::sin(buf[j]) * buf[buf.size() - 1 - j];
  }
  return r;
}

// CHECK-VALUES: moved wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5),({}, 0)
double moved(const double *x, int n) {
  std::vector<double> a(x, x + n), b;
  for (int t = 0; t < 3; ++t) {
    b.assign(a.size(), 0.1);
    for (std::size_t i = 0; i < a.size(); ++i)
      b[i] += a[i] * a[a.size() - 1 - i];
    a = std::move(b);
    b.clear();
  }
  double s = 0;
  for (double e : a)
    s += e * e;
  return s;
}

// CHECK-VALUES: copied wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5),({}, 0)
double copied(const double *x, int n) {
  std::vector<double> a(x, x + n), b;
  for (int t = 0; t < 3; ++t) {
    b = a;
    for (std::size_t i = 0; i + 1 < a.size(); ++i)
      b[i] = a[i] * a[i + 1] + 0.2 * b[i];
    a = b;
    a.push_back(a.empty() ? 1.0 : a.back() * 0.5);
  }
  double s = 0;
  for (double e : a)
    s += e * e;
  return s;
}

// CHECK-VALUES: assigns wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5),({}, 0)
double assigns(const double *x, int n) {
  std::vector<double> v, w;
  double r = 0;
  for (int i = 0; i < n; ++i) {
    v.assign(x, x + i);
    w.assign(v.begin(), v.end());
    w.push_back(x[i]);
    v.swap(w);
    std::swap(v, w);
    w.assign(i + 1, w[0] * x[1]);
    v = {w[0], x[2], x[i]};
    v.insert(v.end(), w.begin(), w.end());
    for (double e : v)
      r += e * e;
  }
  return r;
}

// CHECK-VALUES: moves wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5),({}, 0)
double moves(const double *x, int n) {
  std::vector<double> u(x, x + n);
  for (int t = 0; t < 3; ++t) {
    std::vector<double> v;
    for (std::size_t i = 0; i + 1 < u.size(); ++i)
      v.push_back(u[i] * u[i + 1]);
    u = std::move(v);
  }
  double s = 0;
  for (double e : u)
    s += e * e;
  std::vector<double> w = std::move(u);
  u.push_back(s);
  return s * (u.size() + w.size()) + u[0];
}

// CHECK-VALUES: resizes wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5),({}, 0)
double resizes(const double *x, int n) {
  std::vector<double> v;
  double r = 0;
  for (int i = 0; i < n; ++i) {
    v.resize((i * 7) % 5 + 1, x[i]);
    for (std::size_t j = 0; j < v.size(); ++j)
      v[j] = v[j] * x[j] + 0.1;
    r += v[v.size() / 2] * v.back();
  }
  return r;
}

// CHECK-VALUES: regrown wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5)
double regrown(const double *x, int n) {
  if (n == 0)
    return 0;
  std::vector<double> v;
  double r = 0;
  for (int i = 0; i < n; ++i) {
    v.push_back(x[i]);
    v.pop_back();
    v.push_back(x[i] * x[0]);
    r += v.back();
    v.pop_back();
    v.resize(3);
    r += v[2] * x[i] + v[1];
    v[2] = x[i] * r * 0.1;
    v.pop_back();
    v.emplace_back();
    r += v[2] * x[i];
    v[0] += x[i];
    v.resize(1);
  }
  return r * v[0];
}

// CHECK-VALUES: swapped_sizes wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5),({}, 0)
double swapped_sizes(const double *x, int n) {
  std::vector<double> a(3, 0.5), b(7, 1.5);
  for (int t = 0; t < n; ++t) {
    for (std::size_t i = 0; i < a.size(); ++i)
      a[i] = a[i] * x[t] + b[0];
    std::swap(a, b);
  }
  double r = 0;
  for (double e : a)
    r += e * e;
  for (double e : b)
    r += std::sin(e);
  return r;
}
