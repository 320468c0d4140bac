// RUN: %check-values %s
// Tuples as objects: returned and taken apart, read and written by std::get, passed, in vectors.
#include "Inputs/types/ranges.h"
#include <array>
#include <cmath>
#include <tuple>
#include <utility>
#include <vector>

static std::tuple<double, double> split(double x) { return {std::sin(x), x * x}; }
static std::tuple<double, double> split_made(double x) {
  return std::make_tuple(std::sin(x), x * x);
}
static std::pair<double, int> split_pair(double x) { return {std::sin(x), 2}; }

// CHECK-VALUES: bound wrt=x at=(0.7),(-2.3)
double bound(double x) {
  auto [a, b] = split(x);
  return a * b;
}

// CHECK-VALUES: tied wrt=x at=(0.7),(-2.3)
double tied(double x) {
  double a, b;
  std::tie(a, b) = split_made(x);
  return a * b;
}

// CHECK-VALUES: kept wrt=x at=(0.7),(-2.3)
double kept(double x) {
  auto t = split(x);
  return std::get<0>(t) * std::get<1>(t);
}

// CHECK-VALUES: at_once wrt=x at=(0.7),(-2.3)
double at_once(double x) { return std::get<0>(split(x)) * std::get<1>(split_made(x + 1)); }

// CHECK-VALUES: assigned wrt=x at=(0.7),(-2.3)
double assigned(double x) {
  std::tuple<double, int, double> t{x, 3, 1};
  std::get<2>(t) = std::get<0>(t) * x;
  std::get<0>(t) *= std::get<2>(t) + std::get<1>(t);
  return std::get<0>(t) * std::get<2>(t);
}

// By type, of pairs and of arrays.
// CHECK-VALUES: others wrt=x at=(0.7),(-2.3)
double others(double x) {
  std::pair<double, int> p{x, 2};
  std::array<double, 2> a{x, 2 * x};
  auto [first, second] = a;
  std::get<1>(a) *= std::get<0>(p);
  return std::get<double>(p) * p.second + first * second * std::get<1>(a) * std::get<int>(p);
}

// CHECK-VALUES: pair_bound wrt=x at=(0.7),(-2.3)
double pair_bound(double x) {
  auto [a, n] = split_pair(x);
  return a * n;
}

// Read before it is written, and crosswise.
// CHECK-VALUES: crossed wrt=x at=(0.7),(-2.3)
double crossed(double x) {
  double a = x, b = 2 * x;
  std::tie(a, b) = std::make_tuple(b * b, a);
  std::tuple<double, double> t{a, b};
  t = {std::get<1>(t) * a, std::get<0>(t)};
  std::tie(std::get<1>(t), std::get<0>(t)) = t;
  return std::get<0>(t) - 3 * std::get<1>(t) * b;
}

// A copy has a state of its own.
// CHECK-VALUES: copied wrt=x at=(0.7),(-2.3)
double copied(double x) {
  std::tuple t{x, 2 * x, 3};
  auto u = t;
  std::get<0>(u) *= std::get<1>(t);
  auto [a, b, n] = t;
  a *= n;
  auto &[c, d, m] = t;
  c += b * d;
  m += 1;
  return std::get<0>(t) * std::get<0>(u) * std::get<2>(t) + a;
}

// CHECK-VALUES: of_one wrt=x at=(0.7),(-2.3)
double of_one(double x) {
  std::tuple<double> t{x};
  auto [a] = t;
  a *= 3;
  auto &[b] = t;
  b *= x;
  std::tuple<std::tuple<double>> u{t};
  return a * std::get<0>(t) + std::get<0>(std::get<0>(u));
}

// CHECK-VALUES: in_a_loop wrt=x at=(0.7, 4),(1.3, 0),(-0.4, 7)
double in_a_loop(double x, int n) {
  std::tuple<double, double> t{x, 1};
  for (int i = 0; i < n; ++i) {
    t = {std::get<1>(t) * x, std::get<0>(t) + std::sin(std::get<1>(t))};
    if (i % 2)
      std::get<0>(t) += i * x;
  }
  return std::get<0>(t) * std::get<1>(t);
}

// CHECK-VALUES: pair_in_a_loop wrt=x at=(0.7, 4),(1.3, 0),(-0.4, 7)
double pair_in_a_loop(double x, int n) {
  std::pair<double, double> p;
  p.first = x;
  for (int i = 0; i < n; ++i)
    p = {p.second * x + 1, p.first * p.first};
  return p.first * p.second;
}

// CHECK-VALUES: chosen wrt=x,y at=(0.7, 1.5, 1),(0.7, 1.5, 0),(-2, 0.5, 3)
double chosen(double x, double y, int k) {
  std::tuple<double, double> t;
  if (k > 0)
    t = std::make_tuple(x * y, y);
  else
    std::get<1>(t) = x;
  const std::tuple<double, double> u = k > 1 ? t : std::tuple<double, double>{y, x};
  return std::get<0>(t) * std::get<1>(u) + std::get<1>(t) * std::get<0>(u);
}

static std::tuple<double, double, int> branching(double x, int n) {
  if (x > 1)
    return {x * x, 1, n};
  if (n > 2)
    return std::make_tuple(std::exp(x), x, 2);
  std::tuple<double, double, int> t;
  std::get<1>(t) = x;
  return t;
}

// CHECK-VALUES: several_returns wrt=x at=(0.7, 1),(0.65, 5),(1.4, 2)
double several_returns(double x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    auto [a, b, k] = branching(x + 0.1 * i, n);
    s += a * b * k + b;
  }
  return s;
}

// CHECK-VALUES: result wrt=x,y at=(0.7, 1.5),(-2, 0.5)
std::tuple<double, double> result(double x, double y) { return {x * y, std::sin(x)}; }

// CHECK-VALUES: result_of_loop wrt=x at=(0.7, 3),(-2, 0)
std::tuple<double, int, double> result_of_loop(double x, int n) {
  std::tuple<double, int, double> t{x, 0, 1};
  for (int i = 0; i < n; ++i) {
    std::get<2>(t) *= std::get<0>(t);
    std::get<0>(t) = std::cos(std::get<2>(t)) * x;
    ++std::get<1>(t);
  }
  return t;
}

// CHECK-VALUES: pair_result wrt=x at=(0.7),(-2)
std::pair<double, double> pair_result(double x) { return {x, 2 * x * x}; }

// CHECK-VALUES: product wrt=t at=({0.7, 1.5}),({-2, 0.5})
double product(const std::tuple<double, double> &t) { return std::get<0>(t) * std::get<1>(t); }

// CHECK-VALUES: by_value wrt=t,x at=({0.7, 2, 1.5}, 3),({-2, 1, 0.5}, 0.3)
double by_value(std::tuple<double, int, double> t, double x) {
  std::get<0>(t) *= x;
  return std::get<0>(t) * std::get<1>(t) * std::get<2>(t);
}

// CHECK-VALUES: written wrt=t,x at=({0.7, 2, 1.5}, 3),({-2, 1, 0.5}, 0.3)
void written(std::tuple<double, int, double> &t, double x) {
  auto &[a, n, b] = t;
  a *= x * b;
  std::get<2>(t) = a * n;
}

// CHECK-VALUES: nested wrt=t at=({{0.7, 2}, {1.5, 0.2}}),({{-2, 1}, {0.5, 3}})
double nested(const std::tuple<std::pair<double, int>, std::tuple<double, double>> &t) {
  const auto &[p, q] = t;
  return p.first * p.second * std::get<0>(q) + std::get<0>(t).first * std::get<1>(std::get<1>(t));
}

// CHECK-VALUES: nested_local wrt=x at=(0.7, 3),(-2, 2)
double nested_local(double x, int n) {
  std::tuple<std::pair<double, int>, std::tuple<double, float>> t{{x, n},
                                                                  std::make_tuple(x * x, 1.5f)};
  for (int i = 0; i < n; ++i) {
    std::get<0>(t).first += std::get<0>(std::get<1>(t)) * x;
    std::get<1>(t) = {std::get<0>(t).first, std::get<1>(std::get<1>(t))};
  }
  return std::get<0>(t).first * std::get<0>(t).second * std::get<0>(std::get<1>(t));
}

// CHECK-VALUES: converted wrt=x at=(0.7),(-2)
double converted(double x) {
  std::tuple<double, double> t = std::make_tuple(3, x);
  std::pair<double, double> p = std::make_pair(x * x, 2);
  t = std::make_tuple(x * std::get<0>(t), 1);
  std::tuple<double, double> u(p);
  return std::get<0>(t) * p.first * p.second + std::get<0>(u);
}

// CHECK-VALUES: added wrt=x at=(0.7, 3),(-2, 1)
double added(double x, int n) {
  std::vector<std::pair<double, int>> v;
  std::vector<std::tuple<int, double>> w;
  for (int i = 0; i < n; ++i) {
    v.emplace_back(x * i, i + 1);
    w.emplace_back(i, x * x);
    w.push_back({2, x + i});
  }
  double s = 0;
  for (const auto &p : v)
    s += p.first * p.second * x;
  for (const auto &[i, d] : w)
    s += i * d * d;
  for (auto [a, b] : v)
    s += a * b * x;
  return s * std::get<1>(w.back());
}

// CHECK-VALUES: changed_elements wrt=v,x at=({{0.7, 2}, {1.5, 3}}, 2),({{-2, 1}, {0.5, 2}}, 0.5)
double changed_elements(std::vector<std::tuple<double, int>> &v, double x) {
  for (auto &[a, n] : v)
    a *= x * n;
  for (std::size_t i = 1; i < v.size(); ++i)
    std::get<0>(v[i]) += std::get<0>(v[i - 1]) * std::get<0>(v[i]);
  return std::get<0>(v[0]) * std::get<0>(v.back());
}

// CHECK-VALUES: read_elements wrt=v at=({{1, 0.7}, {2, 1.5}}),({{3, -2}})
double read_elements(const std::vector<std::tuple<int, double>> &v) {
  double s = 0;
  for (const auto &t : v)
    s += std::get<0>(t) * std::get<1>(t) * std::get<1>(t);
  return s;
}

// CHECK-VALUES: in_array wrt=x at=(0.7),(-2)
double in_array(double x) {
  std::array<std::tuple<double, int>, 3> a{{{x, 1}, {x * x, 2}, {2, 3}}};
  double s = 1;
  for (const auto &[d, n] : a)
    s *= d * n;
  return s * std::get<0>(std::get<1>(a));
}

// CHECK-VALUES: with_vector wrt=x at=(0.7, 3),(-2, 2)
double with_vector(double x, int n) {
  std::tuple<std::vector<double>, double> t{std::vector<double>(n), x};
  auto &[v, s] = t;
  for (int i = 0; i < n; ++i) {
    v[i] = s * i;
    s += v[i] * x;
  }
  std::get<0>(t).push_back(s);
  double r = 0;
  for (double d : std::get<0>(t))
    r += d * d;
  return r;
}

// CHECK-VALUES: in_struct wrt=r,x at=({{0.7, 2}, 3}, 2),({{-2, 1}, 1}, 0.5)
double in_struct(const Ranges &r, double x) {
  auto [low, high] = r.range;
  Ranges own{{x * low, x * high}, r.count};
  std::get<1>(own.range) -= std::get<0>(own.range);
  return std::get<1>(own.range) * r.count;
}

static double area(const std::tuple<double, double> &t) { return std::get<0>(t) * std::get<1>(t); }
static void grow(std::tuple<double, double> &t, double by) { std::get<0>(t) *= by; }

// CHECK-VALUES: passed_on wrt=x at=(0.7),(-2)
double passed_on(double x) {
  std::tuple<double, double> t{x, x + 1};
  grow(t, x);
  auto widen = [&t](double by) { std::get<1>(t) += by; };
  widen(x * x);
  return area(t) + area({x, 2}) + area(split(x));
}

static std::tuple<double, double> step(std::tuple<double, double> t, double h) {
  std::get<0>(t) += h * std::get<1>(t);
  std::get<1>(t) -= h * std::sin(std::get<0>(t));
  return t;
}

// CHECK-VALUES: orbit wrt=x,h at=(0.7, 0.1, 5),(1.2, 0.3, 0),(-1, 0.2, 2)
double orbit(double x, double h, int n) {
  auto t = std::make_tuple(x, 0.0);
  auto start = t;
  for (int i = 0; i < n; ++i) {
    auto u = step(t, h);
    if (std::get<0>(u) > 0.5)
      t = step(u, h / 2);
    else
      std::tie(std::get<1>(t), std::ignore) = u;
  }
  const auto &[a, b] = t;
  std::get<0>(start) *= 2;
  return a * b + std::get<0>(start);
}

template <class T> static auto both(T x) {
  return std::tuple{x * x, std::array<T, 2>{x, 1 / x}, 3};
}

// CHECK-VALUES: generic wrt=x at=(0.7),(-1.2)
double generic(double x) {
  auto &&[s, a, n] = both(x);
  s *= a[1];
  a[0] *= s;
  return s * a[0] * n + std::get<1>(both(s))[1];
}

// References and pointers to elements.
// CHECK-VALUES: referred_to wrt=x at=(0.7),(-1.2)
double referred_to(double x) {
  std::tuple<double, double> t{x, 2};
  const auto &[a, b] = t;
  double s = a;
  std::get<0>(t) = s * s * b;
  double *p = &std::get<1>(t);
  *p *= a;
  return a * b + s;
}

// CHECK-VALUES: of_pointers wrt=x at=(rand(3, 1), 3)
double of_pointers(double *x, int n) {
  std::tuple<double *, int> t{x, n};
  for (int i = 0; i < std::get<1>(t); ++i)
    std::get<0>(t)[i] *= x[0];
  auto [p, m] = t;
  return p[m - 1] * *std::get<0>(t);
}

// CHECK-VALUES: list wrt=x at=(0.7, 3),(-1.2, 1)
std::vector<std::tuple<double, double>> list(double x, int n) {
  std::vector<std::tuple<double, double>> v;
  for (int i = 0; i < n; ++i)
    v.emplace_back(x * i, std::exp(x));
  std::get<1>(v[0]) *= x;
  return v;
}

// CHECK-VALUES: of_arrays wrt=t at=({{1, 2, 3}, 2, 0.5}),({{-1, 0.2, 3}, 0, 1.5})
void of_arrays(std::tuple<std::array<double, 3>, int, double> &t) {
  auto &[a, i, s] = t;
  for (double &d : a)
    d *= s;
  s = a[i] * std::get<0>(t)[1];
}

// CHECK-VALUES: captured wrt=x at=(0.7),(-1.2)
double captured(double x) {
  std::tuple<double, double> t{x, x * x};
  auto scaled = [t](double s) { return std::make_pair(std::get<0>(t) * s, std::get<1>(t)); };
  auto set = [&t](double s) { t = std::make_tuple(s, std::get<0>(t)); };
  set(x * 3);
  auto [a, b] = scaled(std::get<1>(t));
  return a * b + std::get<0>(t);
}

// CHECK-VALUES: swapped wrt=x at=(0.7, 3),(-1.2, 2)
double swapped(double x, int n) {
  std::tuple<double, double> a{x, 1}, b{2, x};
  for (int i = 0; i < n; ++i) {
    std::get<0>(a) *= std::get<1>(b);
    std::swap(a, b);
    std::swap(std::get<0>(a), std::get<1>(a));
  }
  return std::get<0>(a) * std::get<1>(b) + std::get<1>(a);
}

// They may be one.
// CHECK-VALUES: two wrt=s,t at=({1, 2}, {3, 4})
// CHECK-VALUES: two wrt=s,t at=({1, 2}, {3, 4}) alias=t:s
double two(std::tuple<double, double> &s, std::tuple<double, double> &t) {
  std::get<0>(s) *= std::get<0>(t);
  t = s;
  std::get<1>(t) += std::get<0>(s);
  return std::get<1>(t) * std::get<0>(t);
}
