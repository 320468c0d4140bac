// RUN: rm -rf %t && mkdir -p %t && cd %t && cp %s f.cpp && adgen f.cpp -o f_grad.cpp -- -std=c++20
// RUN: %clangxx -std=c++20 -Wall -Wextra -Werror -fsyntax-only f_grad.cpp
// RUN: FileCheck %s < f_grad.h
// The shadow of what leads to a constant leads to what is none, also where a name hides the const.
#include <span>
#include <vector>
typedef const double *Values;
using Value = const double &;
using Three = const double[3];
using Number = const double;
using Vector = const std::vector<double>;
using VectorOf = const std::vector<double> &;
using Span = std::span<const double>;
struct Pair {
  double a, b;
};
typedef const Pair ConstantPair;
using Plain = double;
typedef double *Output;

// CHECK: void values_grad(const double *x, int n, double *x_bar, double seed = 1.0);
double values(Values x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] * x[i];
  return s;
}
// CHECK: double value_grad(const double &x, double y, double &x_bar, double seed = 1.0);
double value(Value x, double y) { return x * y; }
// CHECK: void three_grad(const double (&a)[3], double (&a_bar)[3], double seed = 1.0);
double three(Three &a) { return a[0] * a[1]; }
// CHECK: void numbers_grad(const double *z, const double &w, const double *e,
// CHECK-NEXT: double *z_bar, double &w_bar, double *e_bar,
double numbers(Number *z, Number &w, Number e[3]) { return z[0] * w * e[2]; }
// CHECK: void vectors_grad(const std::vector<double> &v, const std::vector<double> &w,
// CHECK-NEXT: std::vector<double> &v_bar, std::vector<double> &w_bar,
double vectors(Vector &v, VectorOf w) { return v[0] * w[1]; }
// CHECK: void span_grad(std::span<const double> s, std::span<double> s_bar,
double span(Span s) { return s[0] * s[1]; }
// CHECK: void pairs_grad(const Pair *p, const Pair &c, const Pair &q, Pair *p_bar,
// CHECK-NEXT: Pair &c_bar, Pair &q_bar, double seed = 1.0);
double pairs(ConstantPair *p, ConstantPair &c, const ConstantPair &q) { return p->a * c.b * q.a; }
// Other names stay.
// CHECK: void plain_grad(const Plain *x, Output y, Plain *x_bar, Output y_bar);
void plain(const Plain *x, Output y) { y[0] = x[0] * y[0]; }
