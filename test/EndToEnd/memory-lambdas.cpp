// RUN: %check-values %s
// Lambdas with captures: by value what was there when they were made, by reference
// what is there when they are called.
#include "Inputs/types/scale_model.h"
#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

// CHECK-VALUES: called wrt=x,a at=(rand(4, 1), 0.5, 4),({}, 1, 0)
double called(const double *x, double a, int n) {
  double s = 0;
  auto f = [&](double v) { return a * v + x[0]; };
  for (int i = 0; i < n; ++i)
    s += f(x[i]) * a;
  return s;
}

// CHECK-VALUES: changed_behind wrt=a,b at=(1.5, 0.7)
double changed_behind(double a, double b) {
  auto copy = [a](double v) { return a * v * v; };
  auto refer = [&a](double v) { return a * v * v; };
  a = a * a + b;
  return copy(b) + refer(b) * a;
}

// CHECK-VALUES: two_copies wrt=a at=(0.8)
double two_copies(double a) {
  double t = a * a;
  auto f = [t, a]() mutable {
    t += a;
    return t * t;
  };
  auto g = f;
  double y = f() + f();
  y += 2 * g();
  auto h = f;
  return y * h() + f() + t;
}

template <class F> double twice(F f, double x) { return f(x) + f(f(x)); }
template <class F> double once(F &&f, double x) { return f(x); }

// CHECK-VALUES: passed_state wrt=x at=(0.6)
double passed_state(double x) {
  double calls = 1;
  auto f = [calls, x](double v) mutable {
    calls *= 1.5;
    return calls * v * x;
  };
  double y = twice(f, x);
  y += once(f, x);
  y += once(std::move(f), x);
  return y + twice([&](double v) { return v * x + y; }, x);
}

// CHECK-VALUES: scaled wrt=x,a at=(rand(4, 2), 0.5, 4)
void scaled(double *x, double a, int n) {
  auto set = [&](int i, double v) { x[i] = v * x[i] + a; };
  for (int i = 1; i < n; ++i)
    set(i, x[i - 1]);
  auto get = [x](int i) -> double & { return x[i]; };
  if (n > 2)
    get(2) *= get(1);
}

// CHECK-VALUES: invoked wrt=x at=(0.5),(1.5)
double invoked(double x) {
  const double k = [&] {
    if (x > 1)
      return x * x;
    return std::sin(x);
  }();
  [&] { x *= k; }();
  return k * x;
}

// CHECK-VALUES: nested wrt=x,y at=(0.5, 2)
double nested(double x, double y) {
  double s = 0;
  auto add = [&s](double v) { s += v * v; };
  auto both = [&](double v) {
    add(v);
    auto more = [&add, v, y] { add(v * y); };
    more();
    y += 1;
  };
  both(x);
  both(y);
  return s * y;
}

// CHECK-VALUES: in_a_loop wrt=x at=(rand(5, 3), 5),({}, 0)
double in_a_loop(const double *x, int n) {
  double s = 1;
  for (int i = 0; i < n; ++i) {
    auto step = [&, w = x[i] * s](double v) { s = std::sin(s * v) + w; };
    step(x[i]);
    if (i % 2)
      step(2);
  }
  return s;
}

// CHECK-VALUES: power wrt=x at=(1.1, 5),(1.1, 0)
double power(double x, int n) {
  auto rec = [&x](auto self, int k) -> double {
    return k == 0 ? 1.0 : x * self(self, k - 1);
  };
  return rec(rec, n);
}

// CHECK-VALUES: by_algorithms wrt=x,a at=({1, 2, 3}, 0.5),({}, 2)
double by_algorithms(const std::vector<double> &x, double a) {
  std::vector<double> y(x.size());
  std::transform(x.begin(), x.end(), y.begin(), [a](double v) { return a * v * v; });
  std::transform(x.begin(), x.end(), y.begin(), y.begin(), [&](double v, double w) { return v * w + a; });
  double s = 0;
  std::for_each(y.begin(), y.end(), [&](double v) { s += v * s + a; });
  std::for_each(y.begin(), y.end(), [&s](double &v) { v *= s; });
  return std::accumulate(y.begin(), y.end(), a, [&](double t, double v) { return t + a * v; });
}

// CHECK-VALUES: normalized wrt=x at=({2, 4, 3})
void normalized(std::vector<double> &x) {
  std::transform(x.begin(), x.end(), x.begin(), [s = x[0]](double v) { return v / s; });
  std::transform(x.begin(), x.end(), x.begin(), [n = 1.0](double v) mutable {
    n += 1;
    return v * n;
  });
}

// CHECK-VALUES: vector_kept wrt=x at=({2, 4, 3})
double vector_kept(std::vector<double> x) {
  auto before = [x](int i) { return x[i]; };
  auto now = [&x](int i) { return x[i]; };
  for (double &v : x)
    v *= v;
  return before(0) * now(0) + before(1) * now(2);
}

// CHECK-VALUES: modelled wrt=m,x at=({0.5, 2, {1, 2, 3}}, rand(3, 7), 3)
double modelled(Model &m, const double *x, int n) {
  m.update(x[0]);
  return m.apply(x, n);
}

template <class F, class G> double compose(const F &f, const G &g, double x) { return f(g(x)) * g(x); }

// CHECK-VALUES: composed wrt=x,a at=(0.3, 0.7)
double composed(double x, double a) {
  auto f = [&](double v) { return v * a; };
  auto g = [&, a](double v) {
    x += v;
    return std::exp(v * a);
  };
  return compose(f, g, x) + compose(g, f, a) + compose(f, f, x);
}

// CHECK-VALUES: returns_vector wrt=x,a at=({1, 2}, 3)
double returns_vector(const std::vector<double> &x, double a) {
  auto times = [&](double k) {
    std::vector<double> y(x.size());
    for (std::size_t i = 0; i < x.size(); ++i)
      y[i] = k * x[i] * a;
    return y;
  };
  const std::vector<double> y = times(a), z = times(y[0]);
  return y[1] * z[0];
}

// Only its value is needed, and it calls a template.
template <class T> static T product(T a, T b) { return a * b; }

// CHECK-VALUES: valued wrt=x,y at=(1.5, 2),(0.5, 2)
double valued(double x, double y) {
  auto scaled = [&](double a) { return product(a, x); };
  const double t = scaled(1.0);
  return t > 1 ? y * y : 2 * y;
}

// What is referred to is copied where the lambda is made.
// CHECK-VALUES: copied_reference wrt=x,y at=(0.5, 2, 2),(1.5, 0.3, 3),(1.5, 0.3, 0)
double copied_reference(double &x, double y, int n) {
  auto g = [=](double e) { return std::sin(e * y - x); };
  for (int i = 0; i < n; ++i) {
    x = 0.5 * g(y);
    y = g(x);
  }
  return x + y;
}

// It stands in a function that is put in place of its call.
static double folded(double *a, int k, double s) {
  double b[3] = {s, 2.0, a[k]};
  std::for_each(b, b + 3, [&](double e) { s = std::sin(s + e); });
  return k > 0 ? a[1] + s * s : b[k] * s;
}
// CHECK-VALUES: folds wrt=x,y at=(1.5, 2),(0.5, 2)
double folds(double x, double y) {
  double a[2] = {x, y};
  return 0.5 * folded(a, 1, x) + y;
}

// CHECK-VALUES: copied_constant_array wrt=x,a at=({1, 2, 3}, 0.5)
double copied_constant_array(const double (&x)[3], double a) {
  auto f = [=](double e) { return e * x[2] + x[0]; };
  return f(a) * f(x[1]);
}
