// RUN: %check-values %s
// Vectors of what a condition selects, with vectors of indices beside them.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

// CHECK-VALUES: filter wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5),({}, 0)
double filter(const double *x, int n) {
  std::vector<double> kept;
  std::vector<int> index;
  for (int i = 0; i < n; ++i)
    if (x[i] > 0.8) {
      kept.push_back(x[i] * x[i] * x[i]);
      index.push_back(i);
    }
  double r = 1;
  for (std::size_t k = 0; k < kept.size(); ++k)
    r *= 1 + kept[k] * x[index[k]] * (k + 1);
  return r;
}

// CHECK-VALUES: runs wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5),({}, 0)
double runs(const double *x, int n) {
  std::vector<double> sum;
  std::vector<int> count;
  for (int i = 0; i < n; ++i) {
    bool same = !count.empty() && (x[i] > 1) == (sum.back() / count.back() > 1);
    if (same) {
      sum.back() += x[i];
      count.back()++;
    } else {
      sum.push_back(x[i]);
      count.push_back(1);
    }
  }
  double r = 0;
  for (std::size_t k = 0; k < sum.size(); ++k)
    r += sum[k] * sum[k] / count[k];
  return r;
}

// CHECK-VALUES: adaptive wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5)
double adaptive(const double *x, int n) {
  if (n == 0)
    return 0;
  std::vector<double> t, y;
  t.push_back(0);
  y.push_back(x[0]);
  double h = 0.3;
  while (t.back() < 1.5) {
    double k = -y.back() * y.back() * 0.3 + x[0];
    double e = std::fabs(h * k);
    if (e > 0.2) {
      h *= 0.7;
      continue;
    }
    y.push_back(y.back() + h * k);
    t.push_back(t.back() + h);
    h *= 1.1;
  }
  double s = 0;
  for (std::size_t i = 1; i < y.size(); ++i)
    s += 0.5 * (y[i] + y[i - 1]) * (t[i] - t[i - 1]);
  return s;
}

// CHECK-VALUES: iterated wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5),({}, 0)
double iterated(const double *x, int n) {
  std::vector<double> v;
  for (int i = 0; i < n; ++i)
    if (x[i] > 0.6)
      v.push_back(x[i] * x[i]);
  double r = 1;
  for (auto it = v.begin(); it != v.end(); ++it)
    r *= *it + 0.5;
  return r + std::accumulate(v.begin(), v.end(), 0.0);
}

// CHECK-VALUES: const_elements wrt=x at=(rand(12, 2), 3),(rand(12, 1), 5),({}, 0)
double const_elements(const double *x, int n) {
  std::vector<double> v;
  for (int i = 0; i < n; ++i) {
    v.push_back(1);
    v.push_back(2.5f);
    v[i] *= x[i];
  }
  double r = 0;
  for (std::size_t i = 0; i < v.size(); ++i)
    r += v[i] * v[i];
  return r;
}
