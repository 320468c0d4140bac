// RUN: %check-values %s
// Shapes that change in nests of loops and branches.
#include "Inputs/types/series.h"
#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

// CHECK-VALUES: deep wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5),({}, 0)
double deep(const double *x, int n) {
  double r = 0;
  std::vector<double> s;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) {
      for (int k = 0; k < j; ++k) {
        if ((i + j + k) % 3)
          s.push_back(x[k] * r + x[j]);
        else if (!s.empty()) {
          r += 0.01 * s.back() * s.front();
          s.pop_back();
        }
      }
      for (std::size_t q = 0; q < s.size(); q += 2)
        r += 0.001 * s[q] * s[s.size() - 1 - q];
      if (s.size() > 5)
        s.resize(2);
    }
  return r;
}

// CHECK-VALUES: branches wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5),({}, 0)
double branches(const double *x, int n) {
  double r = 0;
  for (int i = 0; i < n; ++i) {
    if (x[i] > 0.7) {
      std::vector<double> t;
      for (int j = 0; j <= i; ++j)
        if (x[j] < 1.5)
          t.push_back(x[j] * x[i]);
      std::vector<double> u(t.size() + 1, 2.0);
      for (std::size_t j = 0; j < t.size(); ++j)
        u[j] *= t[j] * t[j];
      t.push_back(u[0]);
      for (double e : t)
        r += e * u.back();
    } else {
      r = std::sin(r);
    }
  }
  return r;
}

// CHECK-VALUES: shared_positions wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5)
double shared_positions(const double *x, int n) {
  double a[3] = {x[0], x[1], x[2]};
  double r = 0;
  for (int t = 0; t < n; ++t) {
    double b[2] = {x[t], a[0]};
    int k = 0;
    while (k < t % 4 + 1) {
      a[k % 3] *= b[k % 2] * 0.9;
      b[k % 2] += a[(k + 1) % 3] * 0.1;
      b[(k + 1) % 2] *= a[k % 3];
      ++k;
    }
    r += b[0] * b[1] + a[2];
  }
  return r;
}

// CHECK-VALUES: selfpush wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5)
double selfpush(const double *x, int n) {
  std::vector<double> v;
  v.push_back(x[0]);
  for (int i = 0; i < n; ++i)
    v.push_back(v[i] * x[i]);
  for (int i = 0; i < n; ++i)
    v.push_back(v[0]);
  v.push_back(v.back());
  v.push_back(v.back() * v[v.size() - 2]);
  double s = 0;
  for (double e : v)
    s += e * e;
  return s;
}

// CHECK-VALUES: fib wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5)
double fib(const double *x, int n) {
  std::vector<double> f = {x[0], x[1]};
  for (int i = 2; i < n; ++i)
    f.push_back(f[i - 1] * 0.7 + f[i - 2] * f[i - 1] * 0.1);
  return f.back();
}

// The object that is assigned lives in the branch that is taken without a return.
// CHECK-VALUES: assigned_in_branch wrt=x,s at=(1, 2, {2, {1, 2, 3}}),(0.1, 2, {2, {1, 2, 3}}),(0.1, -2, {2, {}})
double assigned_in_branch(double x, double y, Series s) {
  if (x < 0.3) {
    if (y > 0)
      return s.start * x;
  }
  s = Series{x, {s.start, s.start * x}};
  return s.start + s.values[0] * s.values[1];
}

// The loop starts from an outer counter, and its bound is known in the branch alone.
// CHECK-VALUES: bounded_in_branch wrt=x at=({0.7, 0.2, 0.9}, {4, 2, 5}, 3),({0.1}, {3}, 1),({}, {}, 0)
double bounded_in_branch(const std::vector<double> &x, const int *size, int n) {
  double r = 1;
  for (int i = 0; i < n; ++i) {
    if (x[i] > 0.5) {
      std::vector<double> w(size[i]);
      w.resize(w.size() + 1, x[i]);
      const int m = w.size();
      double s = 1;
      for (int j = i + 1; j < m; ++j)
        s *= 0.2 * r + x[i] * s * 0.1;
      r += s;
    }
  }
  return r;
}

// How far it is to the end is not known in front of what moves the end.
// CHECK-VALUES: to_the_new_end wrt=w,y at=({1, 2}, 2),({1, 2}, 0.5),({0.5}, 1.5)
double to_the_new_end(std::vector<double> &w, double y) {
  if (y > 1) {
    w.push_back(y);
    for (auto it = w.begin() + 1; it != w.end(); ++it)
      *it *= *(it - 1);
  }
  return w.back();
}

// CHECK-VALUES: distance_to_the_new_end wrt=w,y at=({1, 2}, 2),({1, 2}, 0.5),({0.5}, 1.5)
double distance_to_the_new_end(std::vector<double> &w, double y) {
  if (y > 1) {
    w.push_back(y);
    long n = w.end() - w.begin();
    for (long i = 1; i < n; ++i)
      w[i] *= w[i - 1];
  }
  return w.back();
}

// CHECK-VALUES: copy_to_the_new_end wrt=y at=(2),(0.5)
double copy_to_the_new_end(double y) {
  std::vector<double> w;
  double s = 0;
  if (y > 1) {
    w.push_back(y);
    std::vector<double> u(w.begin(), w.end());
    for (int i = 0; i < 1; ++i)
      u[i] = y * u[i] + y;
    s = u[0] * u[0];
  }
  return s;
}
