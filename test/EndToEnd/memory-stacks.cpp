// RUN: %check-values %s
// Stacks, queues and lists of work: sizes decide what is done.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

static void add(std::vector<double> &v, double x) { v.push_back(x * x); }
static double take(std::vector<double> &v) {
  double t = v.back();
  v.pop_back();
  return t;
}

// CHECK-VALUES: queue wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5),({}, 0)
double queue(const double *x, int n) {
  std::vector<double> q;
  std::size_t head = 0;
  double r = 0;
  for (int i = 0; i < n; ++i) {
    q.push_back(x[i] * x[i]);
    q.push_back(std::sin(x[i]));
    if (i % 2) {
      r += q[head] * q.back();
      ++head;
    }
    if (q[head] > 1.0)
      q[head] *= 0.5 * x[i];
  }
  while (head < q.size()) {
    r += q[head] * r * 0.1;
    ++head;
  }
  return r;
}

// CHECK-VALUES: worklist wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5),({}, 0)
double worklist(const double *x, int n) {
  std::vector<double> w;
  for (int i = 0; i < n; ++i)
    w.push_back(x[i]);
  double r = 0;
  for (std::size_t i = 0; i < w.size(); ++i) {
    if (w[i] > 0.9 && w.size() < 60) {
      w.push_back(w[i] * 0.5);
      w.push_back(w[i] * 0.4 * x[0]);
    }
    r += w[i] * w[i];
  }
  return r * w.size();
}

// CHECK-VALUES: dfs wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5),({}, 0)
double dfs(const double *x, int n) {
  double r = 0;
  for (int t = 0; t < n; ++t) {
    std::vector<int> stack;
    std::vector<double> weight;
    stack.push_back(t);
    weight.push_back(x[t]);
    while (!stack.empty()) {
      int k = stack.back();
      double w = weight.back();
      stack.pop_back();
      weight.pop_back();
      r += w * x[k];
      for (int c = 2 * k + 1; c <= 2 * k + 2 && c < n; ++c) {
        stack.push_back(c);
        weight.push_back(w * x[c] * 0.5);
      }
    }
  }
  return r;
}

// CHECK-VALUES: dfs_outer wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5)
double dfs_outer(const double *x, int n) {
  double r = 0;
  std::vector<int> stack;
  std::vector<double> weight;
  for (int t = 0; t < n; ++t) {
    stack.push_back(t);
    weight.push_back(x[t] + r * 0.01);
    while (!stack.empty()) {
      int k = stack.back();
      double w = weight.back();
      stack.pop_back();
      weight.pop_back();
      r += w * x[k];
      for (int c = 2 * k + 1; c <= 2 * k + 2 && c < n; ++c) {
        stack.push_back(c);
        weight.push_back(w * x[c] * 0.5);
      }
    }
  }
  return r;
}

// CHECK-VALUES: popgrow wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5),({}, 0)
double popgrow(const double *x, int n) {
  std::vector<double> v;
  for (int i = 0; i < n; ++i)
    v.push_back(x[i]);
  double r = 0;
  for (int i = 0; i + 2 < n; ++i) {
    double a = v.back() * v[0];
    v.pop_back();
    v.back() *= a;
    v.push_back(a * a);
    v[0] = v[0] * 0.9 + a * 0.1;
    r += v[v.size() - 2] * v.back();
    v.pop_back();
  }
  for (double e : v)
    r += e * e;
  return r;
}

// CHECK-VALUES: callees wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5),({}, 0)
double callees(const double *x, int n) {
  std::vector<double> v, w;
  for (int i = 0; i < n; ++i) {
    add(v, x[i]);
    if (i % 3 == 2)
      add(w, take(v) + x[0]);
  }
  double r = 0;
  while (!v.empty())
    r = r * 0.5 + take(v) * (w.empty() ? 1.0 : w.back());
  return r;
}
