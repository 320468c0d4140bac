// RUN: %check-values %s --flags=-I%source-root/include --standards c++20,c++23
// Derivatives by hand of methods, and of functions that are given objects and spans.
#include "Inputs/types/spring.h"
#include <adgen/adgen.h>
#include <span>
#include <utility>
#include <vector>

// FIELDS: Spring: x, k, kind
// FIELDS: Chain: at, mass

struct Along {
  double value, dot;
};

double Spring::energy(double length) const { return k * (x - length) * (x - length); }
ADGEN_DERIVATIVE_OF(Spring::energy)
double Spring_energy_grad(const Spring &self, double length, Spring &self_bar, double seed) {
  const double d = self.x - length;
  self_bar.k += d * d * seed;
  self_bar.x += 2 * self.k * d * seed;
  return -2 * self.k * d * seed;
}
ADGEN_DERIVATIVE_OF(Spring::energy)
Along Spring_energy_jvp(const Spring &self, double length, const Spring &self_dot, double length_dot) {
  const double d = self.x - length;
  return {self.k * d * d, self_dot.k * d * d + 2 * self.k * d * (self_dot.x - length_dot)};
}

void Spring::stretch(double by) { x *= by; }
ADGEN_DERIVATIVE_OF(Spring::stretch)
double Spring_stretch_grad(Spring &self, double by, Spring &self_bar) {
  const double by_bar = self.x * self_bar.x;
  self_bar.x *= by;
  self.x *= by;
  return by_bar;
}
ADGEN_DERIVATIVE_OF(Spring::stretch)
void Spring_stretch_jvp(Spring &self, double by, Spring &self_dot, double by_dot) {
  self_dot.x = self_dot.x * by + self.x * by_dot;
  self.x *= by;
}

double moment(const Chain &c) {
  double s = 0;
  for (double x : c.at)
    s += c.mass * x * x;
  return s;
}
ADGEN_DERIVATIVE_OF(moment) void moment_grad(const Chain &c, Chain &c_bar, double seed) {
  for (std::size_t i = 0; i < c.at.size(); ++i) {
    c_bar.at[i] += 2 * c.mass * c.at[i] * seed;
    c_bar.mass += c.at[i] * c.at[i] * seed;
  }
}
ADGEN_DERIVATIVE_OF(moment) Along moment_jvp(const Chain &c, const Chain &c_dot) {
  Along r = {moment(c), 0};
  for (std::size_t i = 0; i < c.at.size(); ++i)
    r.dot += c_dot.mass * c.at[i] * c.at[i] + 2 * c.mass * c.at[i] * c_dot.at[i];
  return r;
}

double sum(std::span<const double> s) {
  double r = 0;
  for (double x : s)
    r += x * x * x;
  return r;
}
ADGEN_DERIVATIVE_OF(sum) void sum_grad(std::span<const double> s, std::span<double> s_bar, double seed) {
  for (std::size_t i = 0; i < s.size(); ++i)
    s_bar[i] += 3 * s[i] * s[i] * seed;
}
ADGEN_DERIVATIVE_OF(sum) Along sum_jvp(std::span<const double> s, std::span<const double> s_dot) {
  Along r = {sum(s), 0};
  for (std::size_t i = 0; i < s.size(); ++i)
    r.dot += 3 * s[i] * s[i] * s_dot[i];
  return r;
}

void square(std::span<double> s) {
  for (double &x : s)
    x *= x;
}
ADGEN_DERIVATIVE_OF(square) void square_grad(std::span<double> s, std::span<double> s_bar) {
  for (std::size_t i = 0; i < s.size(); ++i)
    s_bar[i] *= 2 * s[i];
  square(s);
}
ADGEN_DERIVATIVE_OF(square) void square_jvp(std::span<double> s, std::span<double> s_dot) {
  for (std::size_t i = 0; i < s.size(); ++i)
    s_dot[i] *= 2 * s[i];
  square(s);
}

// CHECK-VALUES: methods wrt=s,a at=({2, 3, 1}, 0.5)
double methods(const Spring &s, double a) {
  Spring t = {s.x * a, s.k, 2};
  return s.energy(a) * t.energy(s.x);
}

// CHECK-VALUES: changed wrt=s,a at=({2, 3, 1}, 0.5)
double changed(Spring &s, double a) {
  s.k *= a;
  const double e = s.energy(a);
  s.stretch(a * e);
  s.x += a;
  return s.energy(1) * s.x;
}

// CHECK-VALUES: stretched wrt=s,a at=({2, 3, 1}, 0.5)
void stretched(Spring &s, double a) { s.stretch(a * a); }

// CHECK-VALUES: in_a_loop wrt=s,a at=({{2, 3, 1}, {1, 2, 0}}, 2, 0.5)
double in_a_loop(const Spring *s, int n, double a) {
  double e = 0;
  for (int i = 0; i < n; ++i) {
    Spring t = s[i];
    t.stretch(a);
    e += t.energy(e) * t.x + s[i].energy(a);
  }
  return e;
}

// CHECK-VALUES: chains wrt=c,a at=({{1, 2, 3}, 0.5}, 2)
double chains(Chain &c, double a) {
  const double first = moment(c);
  c.at[1] *= a;
  Chain d = c;
  d.at[0] = first;
  return moment(d) * moment(c);
}

// CHECK-VALUES: spans wrt=v,w at=({1, 2, 3}, {4, 5})
double spans(const std::vector<double> &v, std::span<const double> w) {
  return sum(v) * sum(w) * sum(w.first(1)) + sum(std::span<const double>(v).subspan(1, 2));
}

// CHECK-VALUES: spans_written wrt=v at=({1, 2, 3})
double spans_written(std::vector<double> &v) {
  square(std::span<double>(v).first(2));
  square(v);
  return v[0] * v[1] + v[2];
}

// CHECK-VALUES: span_wrapper wrt=w at=({1, 2, 3})
void span_wrapper(std::span<double> w) { square(w); }

// CHECK-VALUES: span_of_constants wrt=x at=(3)
double span_of_constants(double x) {
  double a[2] = {0.25, 0.5};
  return sum(a) * x;
}

// CHECK-VALUES: spans_of_one_array wrt=x at=(0.5),(3)
double spans_of_one_array(double x) {
  double a[3] = {x, x * x, 1};
  double t = sum(a);
  if (t < 4) {
    std::swap(a[0], a[1]);
    t += sum(a) * x;
  }
  return t * a[1];
}
