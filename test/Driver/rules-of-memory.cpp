// RUN: rm -rf %t && mkdir %t && cd %t && adgen %s --mode reverse,forward --function f,g && %clangxx -std=c++17 -Wall -Wextra -Werror -I%source-root/include -c rules-of-memory_grad.cpp -o derivative.o
// Derivatives by hand are called in place of those of the body, with arrays, containers and methods: these are twice what is right.
// RUN: %clangxx -std=c++17 -DMAIN -I%source-root/include %s derivative.o -o linked && ./linked
#include <adgen/adgen.h>
#include <vector>
struct Dual {
  double value, dot;
};
struct Line {
  double slope;
  double at(double x) const { return slope * x; }
};
double sum(const double *x, int n);
void scale(std::vector<double> &v, double a);
#ifdef MAIN
double sum(const double *x, int n) { return n > 0 ? x[0] + sum(x + 1, n - 1) : 0; }
void scale(std::vector<double> &v, double a) {
  for (double &x : v)
    x *= a;
}
#endif
ADGEN_DERIVATIVE_OF(sum) inline void sum_grad(const double *, int n, double *x_bar, double seed) {
  for (int i = 0; i < n; ++i)
    x_bar[i] += 2 * seed;
}
ADGEN_DERIVATIVE_OF(sum) inline Dual sum_jvp(const double *x, int n, const double *x_dot) {
  return {sum(x, n), 2 * sum(x_dot, n)};
}
ADGEN_DERIVATIVE_OF(scale) inline double scale_grad(std::vector<double> &v, double a, std::vector<double> &v_bar) {
  double a_bar = 0;
  for (std::size_t i = 0; i < v.size(); ++i) {
    a_bar += 2 * v[i] * v_bar[i];
    v_bar[i] *= 2 * a;
    v[i] *= a;
  }
  return a_bar;
}
ADGEN_DERIVATIVE_OF(scale) inline void scale_jvp(std::vector<double> &v, double a, std::vector<double> &v_dot, double a_dot) {
  for (std::size_t i = 0; i < v.size(); ++i) {
    v_dot[i] = 2 * (a * v_dot[i] + a_dot * v[i]);
    v[i] *= a;
  }
}
ADGEN_DERIVATIVE_OF(Line::at) inline double Line_at_grad(const Line &self, double x, Line &self_bar, double seed) {
  self_bar.slope += 2 * x * seed;
  return 2 * self.slope * seed;
}
ADGEN_DERIVATIVE_OF(Line::at) inline Dual Line_at_jvp(const Line &self, double x, const Line &self_dot, double x_dot) {
  return {self.at(x), 2 * (self_dot.slope * x + self.slope * x_dot)};
}
double f(const double *x, int n) { return sum(x, n); }
double g(std::vector<double> &v, const Line &l, double a) {
  scale(v, a);
  return v[0] * v[1] + l.at(a);
}
#ifdef MAIN
struct f_dual {
  double value, dot;
};
struct g_dual {
  double value, dot;
};
void f_grad(const double *x, int n, double *x_bar, double seed = 1);
f_dual f_jvp(const double *x, int n, const double *x_dot);
double g_grad(std::vector<double> &v, const Line &l, double a, std::vector<double> &v_bar, Line &l_bar, double seed = 1);
g_dual g_jvp(std::vector<double> &v, const Line &l, double a, std::vector<double> &v_dot, const Line &l_dot, double a_dot);
int main() {
  double x[3] = {1, 2, 3}, x_bar[3] = {1, 0, 0}, x_dot[3] = {1, 0, 0};
  f_grad(x, 3, x_bar);
  bool isRight = x_bar[0] == 3 && x_bar[1] == 2 && f_jvp(x, 3, x_dot).dot == 2;
  std::vector<double> v = {3, 5}, v_bar = {0, 0}, w = {3, 5}, w_dot = {0, 0};
  Line l = {7}, l_bar = {0};
  // a^2 v0 v1 + 7 a
  const double a_bar = g_grad(v, l, 2, v_bar, l_bar);
  isRight &= v_bar[0] == 2 * 4 * 5 && v_bar[1] == 2 * 4 * 3 && a_bar == 2 * (4 * 15 + 7) && l_bar.slope == 4;
  isRight &= v[0] == 6 && v[1] == 10;
  isRight &= g_jvp(w, l, 2, w_dot, {0}, 1).dot == a_bar && w[0] == 6;
  return isRight ? 0 : 1;
}
#endif
