// RUN: %check-values %s
// Vectors whose size changes.
#include <cmath>
#include <vector>

// CHECK-VALUES: pushed wrt=x at=(rand(4, 1), 4),({}, 0)
double pushed(const double *x, int n) {
  std::vector<double> v;
  for (int i = 0; i < n; ++i)
    v.push_back(x[i] * x[i]);
  double p = 1;
  for (double e : v)
    p *= e + 1;
  return p;
}

// CHECK-VALUES: positive wrt=x at=({1, -2, 3, -4})
double positive(const std::vector<double> &x) {
  std::vector<double> kept;
  kept.reserve(x.size());
  for (double e : x)
    if (e > 0)
      kept.push_back(std::log(e));
  double s = 0;
  for (std::size_t i = 0; i < kept.size(); ++i)
    s += kept[i] * (i + 1);
  return s;
}

// CHECK-VALUES: stack wrt=x at=(rand(5, 1))
double stack(const std::vector<double> &x) {
  std::vector<double> s;
  double r = 0;
  for (double e : x) {
    s.push_back(e);
    if (s.size() > 2) {
      const double b = s.back();
      s.pop_back();
      const double a = s.back();
      s.pop_back();
      s.push_back(a * b);
    }
    r += s.back();
  }
  return r;
}

// CHECK-VALUES: appended wrt=x at=({1, 2, 3}, 2),({1}, 1)
void appended(std::vector<double> &x, int n) {
  for (int i = 0; i < n; ++i)
    x.push_back(x[i] * x.back());
}

// CHECK-VALUES: shrunk wrt=x at=({1, 2, 3})
double shrunk(std::vector<double> &x) {
  const double last = x.back();
  x.pop_back();
  x[0] *= last;
  return x[0] * last;
}

// CHECK-VALUES: resized wrt=x at=({1, 2, 3}, 5),({1, 2, 3}, 2)
double resized(std::vector<double> x, int n) {
  double before = x[2] * x[0];
  x.resize(n, 0.5);
  double s = before;
  for (double e : x)
    s = s * e + e;
  x.assign(2, s);
  x[0] *= x[1];
  x.clear();
  x.push_back(s);
  return x[0] * before;
}

// CHECK-VALUES: rows wrt=x at=(rand(6, 1), 3)
double rows(const double *x, int n) {
  std::vector<std::vector<double>> m;
  int k = 0;
  for (int i = 0; i < n; ++i) {
    m.emplace_back();
    for (int j = 0; j <= i; ++j)
      m.back().push_back(x[k++]);
  }
  double p = 1;
  for (auto &r : m) {
    double s = 0;
    for (double e : r)
      s += e * e;
    p *= s;
  }
  return p;
}
