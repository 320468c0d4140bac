// RUN: %check-values %s
// Lambdas that call themselves, change what they captured, and share it with
// arguments.
#include <cmath>
#include <algorithm>
#include <numeric>
#include <vector>

template <class F> void sweep(F f, std::vector<double> &v) {
  for (std::size_t i = 1; i < v.size(); ++i)
    f(v[i], v[i - 1]);
}
// CHECK-VALUES: shared wrt=x at=({1, 2, 3, 0.5})
double shared(std::vector<double> &x) {
  sweep(
      [&](double &a, double b) {
        a += b * x[0];
        x[0] *= 1.1;
      },
      x);
  double s = 0;
  sweep([&s](double a, double b) { s += a * b; }, x);
  return s;
}

// CHECK-VALUES: both_ways wrt=x at=({1, 2, 3, 0.5})
double both_ways(std::vector<double> &x) {
  auto f = [&](const double &a) {
    x[1] *= 2;
    return a * x[1];
  };
  double s = f(x[1]) + f(x[0]);
  std::for_each(x.begin(), x.end(), [&](double &v) { v += x[0] * x[1]; });
  return s + std::accumulate(x.begin(), x.end(), 0.0, [&](double t, double v) {
           x[0] += v;
           return t + x[0];
         });
}

// CHECK-VALUES: own_arrays wrt=x at=(rand(3, 1))
double own_arrays(const double *x) {
  double a[3] = {x[0], x[1], x[2]};
  auto old = [a](int i) { return a[i]; };
  auto now = [&a](int i) -> double & { return a[i]; };
  auto st = [a](int i) mutable {
    a[i] *= 2;
    return a[i];
  };
  for (double &v : a)
    v *= v;
  now(1) += old(0);
  double s = st(1) + st(1) + st(2);
  auto st2 = st;
  s *= st2(1) * st(1);
  return old(0) * now(1) + old(2) * now(2) + s;
}

// CHECK-VALUES: references wrt=x at=({1, 2, 3}, 1)
double references(std::vector<double> &x, int i) {
  double &r = x[i];
  auto f = [&r](double v) {
    r *= v;
    return r;
  };
  auto g = [r](double v) { return r * v; };
  double s = f(2) + g(3);
  i = 0;
  auto h = [&x, i] { return x[i]; };
  auto k = [&x, &i] { return x[i]; };
  i = 2;
  return s * h() + k() * f(0.5);
}

// CHECK-VALUES: left_early wrt=x at=({1, 2, -1, 4}),({1, 2, 3}),({-1})
double left_early(const std::vector<double> &x) {
  double s = 0;
  auto f = [&](double v) {
    if (v < 0)
      return false;
    for (int i = 0; i < 3; ++i) {
      s += v * s + 1;
      if (s > 20) {
        s /= 10;
        return true;
      }
    }
    s -= v;
    return true;
  };
  for (double v : x)
    if (!f(v))
      break;
  return s;
}

// CHECK-VALUES: row wrt=x at=(rand(5, 1), 5)
void row(double *x, int n) {
  auto go = [&x, n](auto &self, int i) -> void {
    if (i >= n)
      return;
    x[i] *= x[i - 1] + 1;
    self(self, i + 1);
  };
  go(go, 1);
}

// CHECK-VALUES: tree wrt=x at=(0.3, 4)
double tree(double x, int n) {
  double total = 0;
  auto go = [&](const auto &self, double v, int k) -> double {
    total += v;
    if (k == 0)
      return v;
    return self(self, v * x, k - 1) + self(self, v + x, k - 1);
  };
  return go(go, x, n) * total;
}

// CHECK-VALUES: own_vectors wrt=v at=({1, 2, 3})
double own_vectors(std::vector<double> v) {
  auto f = [v]() mutable {
    v[0] *= 2;
    v.push_back(v[0]);
    double s = 0;
    for (double w : v)
      s += w * w;
    return s;
  };
  double s = f();
  auto g = f;
  s *= f();
  v[0] = 0;
  return s + g() + v[1] * g();
}

template <class F, class... T> double call(F &&f, T &&...t) { return f(t...); }
// CHECK-VALUES: by_pack wrt=x at=(0.7)
double by_pack(double x) {
  double s = 0;
  return call(
             [&](double a, double b) {
               s += a * x;
               return s * b;
             },
             x, 2.0) +
         call([&s] { return s; }) * s;
}

// A variable that is captured, and by a captured lambda as well.
// CHECK-VALUES: through_lambda wrt=x at=(1.5),(0.3)
double through_lambda(double x) {
  double s = x;
  auto inc = [&](double e) { s *= e; };
  auto g = [&](double e) { inc(e); return s * e; };
  const double t = g(x);
  return t + s;
}
// CHECK-VALUES: twice_captured wrt=x,y at=(1.5, 2),(0.3, 0.9)
double twice_captured(double x, double y) {
  auto f4 = [&](double e) { return std::sin(y * e); };
  auto f6 = [&](double e) { e = f4(y); ++y; return e * f4(e) * y; };
  const double t = f6(x);
  return t * y;
}
// CHECK-VALUES: twice_changed wrt=x,y at=(1.5, 2),(0.3, 0.9)
double twice_changed(double x, double y) {
  auto f4 = [&](double e) { x *= e; return std::sin(y * e); };
  auto f6 = [&](double e) { e = f4(y); ++y; x += y; const double t = f4(e); return e * t * y * x; };
  const double t = f6(x);
  return t * y * x;
}
// CHECK-VALUES: twice_in_loop wrt=x,y at=(1.5, 2, 3),(0.3, 0.9, 2)
double twice_in_loop(double x, double y, int n) {
  auto f4 = [&](double e) { x *= e; return std::sin(y * e); };
  auto f6 = [&](double e) { e = f4(y); ++y; x += y; return e * f4(e) * y; };
  double r = 0;
  for (int i = 0; i < n; ++i) {
    const double a = f6(x);
    r += a * std::cos(f6(y));
  }
  return r;
}
