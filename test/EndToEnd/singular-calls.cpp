// RUN: %check-values %s
// Across calls too, a zero adjoint contributes zero where a derivative is not finite.
#include <cmath>
#include <limits>

double root(double x) { return std::sqrt(x); }

// CHECK-VALUES: guarded_root wrt=x at=(0),(4) expect=(0),(0.25) value=0,2
double guarded_root(double x) {
  double r = root(x);
  if (r < 1e-8)
    return 0;
  return r;
}

// CHECK-VALUES: root_itself wrt=x at=(0) expect=(std::numeric_limits<double>::infinity())
double root_itself(double x) { return root(x); }

// CHECK-VALUES: zero_times_root wrt=x,y at=(0, 2),(4, 0) \
//   expect=(std::numeric_limits<double>::infinity(), 0),(0, 2)
double zero_times_root(double x, double y) { return root(x) * y; }

double norm(double x, double y) { return std::sqrt(x * x + y * y); }

// CHECK-VALUES: guarded_norm wrt=x,y at=(0, 0),(3, 4) expect=(0, 0),(0.6, 0.8) value=0,5
double guarded_norm(double x, double y) {
  double n = norm(x, y);
  return n > 0 ? n : 0;
}

double power(double x, double p) { return std::pow(x, p); }

// CHECK-VALUES: guarded_power wrt=x,p at=(0, 0.5),(4, 0.5) expect=(0, 0),(0.25, 2 * std::log(4.0L)) value=0,2
double guarded_power(double x, double p) {
  double r = power(x, p);
  if (r == 0)
    return 0;
  return r;
}

double ratio(double x, double y) {
  if (y == 0)
    return 0;
  return x / y;
}

// CHECK-VALUES: guarded_in_callee wrt=x,y at=(3, 0),(3, 2) expect=(0, 0),(0.5, -0.75) value=0,1.5
double guarded_in_callee(double x, double y) { return ratio(x, y); }

double quotient(double x, double y) { return x / y; }

// CHECK-VALUES: guarded_by_caller wrt=x,y at=(3, 0),(3, 2) expect=(0, 0),(0.5, -0.75) value=7,1.5
double guarded_by_caller(double x, double y) {
  double q = quotient(x, y);
  if (y == 0)
    return 7;
  return q;
}

// CHECK-VALUES: joined wrt=x,y at=(3, 0),(3, 2) expect=(1, 0),(1.5, -0.75) value=3,4.5
double joined(double x, double y) {
  double q = quotient(x, y);
  double r = x;
  if (y != 0)
    r += q;
  return r;
}

void logarithm(double x, double &l, bool &fine) {
  l = std::log(x);
  fine = x > 0;
}

// CHECK-VALUES: by_reference wrt=x at=(0),(2) expect=(0),(0.5) value=0,std::log(2.0L)
double by_reference(double x) {
  double l;
  bool fine;
  logarithm(x, l, fine);
  if (!fine)
    return 0;
  return l;
}

double sum_of_roots(double x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    double r = root(x * i);
    if (r > 0)
      s += r;
  }
  return s;
}

// CHECK-VALUES: in_a_loop wrt=x at=(0, 3),(4, 2),(1, 0) expect=(0),(0.25),(0)
double in_a_loop(double x, int n) { return sum_of_roots(x, n); }

void unit_vector(double x, double y, double *u, double *v) {
  double n = norm(x, y);
  if (n == 0) {
    *u = *v = 0;
    return;
  }
  *u = x / n;
  *v = y / n;
}

// CHECK-VALUES: direction wrt=x,y at=(0, 0),(3, 4) expect=(0, 0),(0.128, -0.096) value=0,0.6
double direction(double x, double y) {
  double u, v;
  unit_vector(x, y, &u, &v);
  return u;
}

// CHECK-VALUES: place_of_zero wrt=x at=(0, 0),(4, 0) expect=(0, 0),(0.25, 0)
void place_of_zero(double x, double &y) {
  y = root(x);
  if (y < 1e-8)
    y = 0;
}

double down(double x, int n) {
  if (n == 0)
    return 0;
  double r = std::sqrt(x), rest = down(x, n - 1);
  return r == 0 ? rest : r + rest;
}

// CHECK-VALUES: in_recursion wrt=x at=(0, 3),(4, 2),(1, 0) expect=(0),(0.5),(0) value=0,4,0
double in_recursion(double x, int n) { return down(x, n); }

double reciprocal(double x) { return x < 4 ? 1 / x : x; }
double wave(double x) {
  double r = std::sin(x) * x;
  for (int i = 0; i < 2; ++i)
    r += std::cos(r);
  return r;
}

// The adjoint of one call is that of another, both in a branch.
// CHECK-VALUES: chained_in_a_branch wrt=x,y at=(0.7, 1.3),(-2, 0.5),(0.4, -0.3)
double chained_in_a_branch(double x, double y) {
  double r = x;
  if (y > 0)
    r = wave(reciprocal(x * y));
  return r + y;
}

void root_and_reciprocal(double x, double &a, double &b) {
  a = std::sqrt(x);
  b = 1 / x;
}

// A pole of a callee that one path alone goes through.
// CHECK-VALUES: pole_of_one_path wrt=x at=(0),(4) expect=(1),(-0.0625)
double pole_of_one_path(double x) {
  double a, b;
  root_and_reciprocal(x, a, b);
  double c = a * b;
  if (a == 0)
    return x;
  return c * a * b;
}
