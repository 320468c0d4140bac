// RUN: %check-values %s --flags=-I%source-root/include
// RUN: %check-values %s --flags=-I%source-root/include --adgen "adgen --disable-pass=ad-fuse-sweeps --disable-pass=ad-minimum-cut"
// Derivatives by hand of functions that work on arrays and containers, called where and with what these were.
#include <adgen/adgen.h>
#include <array>
#include <cmath>
#include <vector>

double norm(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] * x[i];
  return s;
}
ADGEN_DERIVATIVE_OF(norm)
void norm_grad(const double *x, int n, double *x_bar, double seed) {
  for (int i = 0; i < n; ++i)
    x_bar[i] += 2 * x[i] * seed;
}
struct norm_dual {
  double value, dot;
};
ADGEN_DERIVATIVE_OF(norm) norm_dual norm_jvp(const double *x, int n, const double *x_dot) {
  norm_dual r = {0, 0};
  for (int i = 0; i < n; ++i) {
    r.value += x[i] * x[i];
    r.dot += 2 * x[i] * x_dot[i];
  }
  return r;
}

void scale(double *y, int n, double a) {
  for (int i = 0; i < n; ++i)
    y[i] *= a;
}
ADGEN_DERIVATIVE_OF(scale) double scale_grad(double *y, int n, double a, double *y_bar) {
  double a_bar = 0;
  for (int i = 0; i < n; ++i) {
    a_bar += y[i] * y_bar[i];
    y_bar[i] *= a;
    y[i] *= a;
  }
  return a_bar;
}
ADGEN_DERIVATIVE_OF(scale) void scale_jvp(double *y, int n, double a, double *y_dot, double a_dot) {
  for (int i = 0; i < n; ++i) {
    y_dot[i] = y_dot[i] * a + y[i] * a_dot;
    y[i] *= a;
  }
}

// y[i] = x[i]², and what it returns.
double squares(const double *x, int n, double *y) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    y[i] = x[i] * x[i];
    s += y[i] * x[i];
  }
  return s;
}
ADGEN_DERIVATIVE_OF(squares)
void squares_grad(const double *x, int n, double *y, double *x_bar, double *y_bar, double seed) {
  for (int i = n - 1; i >= 0; --i) {
    const double yb = y_bar[i], xi = x[i];
    y_bar[i] = 0;
    x_bar[i] += 2 * xi * yb + 3 * xi * xi * seed;
  }
  squares(x, n, y);
}
ADGEN_DERIVATIVE_OF(squares)
norm_dual squares_jvp(const double *x, int n, double *y, const double *x_dot, double *y_dot) {
  norm_dual r = {0, 0};
  for (int i = 0; i < n; ++i) {
    const double xi = x[i], di = x_dot[i];
    y[i] = xi * xi;
    y_dot[i] = 2 * xi * di;
    r.value += xi * xi * xi;
    r.dot += 3 * xi * xi * di;
  }
  return r;
}

double total(const std::vector<double> &v) {
  double s = 0;
  for (double e : v)
    s += e * e * e;
  return s;
}
ADGEN_DERIVATIVE_OF(total)
void total_grad(const std::vector<double> &v, std::vector<double> &v_bar, double seed) {
  for (std::size_t i = 0; i < v.size(); ++i)
    v_bar[i] += 3 * v[i] * v[i] * seed;
}
ADGEN_DERIVATIVE_OF(total)
norm_dual total_jvp(const std::vector<double> &v, const std::vector<double> &v_dot) {
  norm_dual r = {total(v), 0};
  for (std::size_t i = 0; i < v.size(); ++i)
    r.dot += 3 * v[i] * v[i] * v_dot[i];
  return r;
}

void rotate(std::vector<double> &v, const double &a) {
  const double first = v[0];
  for (std::size_t i = 0; i + 1 < v.size(); ++i)
    v[i] = a * v[i + 1];
  v.back() = first;
}
ADGEN_DERIVATIVE_OF(rotate)
void rotate_grad(std::vector<double> &v, const double &a, std::vector<double> &v_bar, double &a_bar) {
  const double last = v_bar.back();
  for (std::size_t i = v.size() - 1; i > 0; --i) {
    a_bar += v[i] * v_bar[i - 1];
    v_bar[i] = a * v_bar[i - 1];
  }
  v_bar[0] = last;
  rotate(v, a);
}
ADGEN_DERIVATIVE_OF(rotate)
void rotate_jvp(std::vector<double> &v, const double &a, std::vector<double> &v_dot, const double &a_dot) {
  const double first = v_dot[0];
  for (std::size_t i = 0; i + 1 < v.size(); ++i)
    v_dot[i] = a * v_dot[i + 1] + a_dot * v[i + 1];
  v_dot.back() = first;
  rotate(v, a);
}

// Two numbers by reference.
void mix(double &a, double &b) {
  const double t = a;
  a *= b;
  b += t;
}
ADGEN_DERIVATIVE_OF(mix) void mix_grad(double &a, double &b, double &a_bar, double &b_bar) {
  const double t = a_bar * b + b_bar;
  b_bar += a_bar * a;
  a_bar = t;
  mix(a, b);
}
ADGEN_DERIVATIVE_OF(mix) void mix_jvp(double &a, double &b, double &a_dot, double &b_dot) {
  const double t = a_dot;
  a_dot = a_dot * b + a * b_dot;
  b_dot += t;
  mix(a, b);
}

double weigh(const std::array<double, 3> &w, const double (&m)[2][3]) {
  double s = 0;
  for (int i = 0; i < 3; ++i)
    s += w[i] * m[0][i] * m[1][i];
  return s;
}
ADGEN_DERIVATIVE_OF(weigh)
void weigh_grad(const std::array<double, 3> &w, const double (&m)[2][3], std::array<double, 3> &w_bar,
                double (&m_bar)[2][3], double seed) {
  for (int i = 0; i < 3; ++i) {
    w_bar[i] += m[0][i] * m[1][i] * seed;
    m_bar[0][i] += w[i] * m[1][i] * seed;
    m_bar[1][i] += w[i] * m[0][i] * seed;
  }
}
ADGEN_DERIVATIVE_OF(weigh)
norm_dual weigh_jvp(const std::array<double, 3> &w, const double (&m)[2][3],
                    const std::array<double, 3> &w_dot, const double (&m_dot)[2][3]) {
  norm_dual r = {weigh(w, m), 0};
  for (int i = 0; i < 3; ++i)
    r.dot += w_dot[i] * m[0][i] * m[1][i] + w[i] * (m_dot[0][i] * m[1][i] + m[0][i] * m_dot[1][i]);
  return r;
}

// Only reads.

// CHECK-VALUES: reads wrt=x,a at=({1, 2, 3}, 3, 0.5),(rand(5, 1), 5, -2)
double reads(const double *x, int n, double a) { return a * norm(x, n) * norm(x + 1, n - 1); }

// CHECK-VALUES: reads_in_a_loop wrt=x,a at=({1, 2, 3}, 3, 0.5),({}, 0, 1)
double reads_in_a_loop(const double *x, int n, double a) {
  double s = 1;
  for (int i = 0; i <= n; ++i)
    s += std::sin(s) * a * norm(x, i);
  return s;
}

// CHECK-VALUES: reads_in_a_branch wrt=x at=({1, 2, 3}, 3),({0.1, 0.2}, 2)
double reads_in_a_branch(const double *x, int n) {
  double s = norm(x, n);
  if (s > 1)
    s = norm(x, n - 1) * s;
  else
    s += std::sqrt(s);
  return s;
}

// CHECK-VALUES: reads_containers wrt=v,s at=({1, 2, 3}, 0.5)
double reads_containers(const std::vector<double> &v, double s) {
  std::vector<double> w = v;
  w[0] *= s;
  return total(w) * norm(w.data(), 3) + total(v);
}

// CHECK-VALUES: reads_arrays wrt=w,m,a at=({1, 2, 3}, {{{1, 2, 3}, {4, 5, 6}}}, 2)
double reads_arrays(const std::array<double, 3> &w, const double (&m)[2][3], double a) {
  double k[2][3] = {{a, a * a, 1}, {1, 2, a}};
  std::array<double, 3> u = {a, 1, w[1]};
  return weigh(w, m) + weigh(w, k) * weigh(u, m) + weigh(u, k);
}

// What is read is overwritten behind the call.
// CHECK-VALUES: overwritten_later wrt=v,a at=({1, 2, 3}, 0.5)
double overwritten_later(std::vector<double> &v, double a) {
  double s = total(v);
  v[1] = a * s;
  s *= total(v);
  v[0] = s;
  return s;
}

// CHECK-VALUES: overwritten_in_a_loop wrt=v,a at=({0.3, 0.2, 0.1}, 0.5, 3),({1, 2}, 0.2, 0)
double overwritten_in_a_loop(std::vector<double> &v, double a, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    s += std::sin(total(v)) * norm(v.data(), 2);
    v[i] = std::cos(s) * a;
  }
  return s;
}

// One of the arguments carries no derivative: its adjoint is for nobody.
// CHECK-VALUES: without_derivative wrt=m at=({1, 2, 3}, {{{1, 2, 3}, {4, 5, 6}}})
double without_derivative(const std::array<double, 3> &w, const double (&m)[2][3]) {
  const std::array<double, 3> ones = {1, 1, 1};
  return weigh(w, m) * weigh(ones, m) + weigh(w, m);
}

// Writes.

// CHECK-VALUES: wrapper wrt=y,a at=({1, 2, 3}, 3, 0.5)
void wrapper(double *y, int n, double a) { scale(y, n, a); }

// CHECK-VALUES: wrapper_in_a_branch wrt=y,a at=({1, 2, 3}, 3, 0.5),({1, 2}, 2, -1)
void wrapper_in_a_branch(double *y, int n, double a) {
  const double b = a * a;
  if (a > 0)
    scale(y, n, b);
  else
    scale(y, 1, a * b);
}

// CHECK-VALUES: outputs wrt=x,y at=({1, 2, 3}, 3, {4, 5, 6})
void outputs(const double *__restrict x, int n, double *__restrict y) { squares(x, n, y); }

// CHECK-VALUES: overlapping wrt=x,y at=({1, 2, 3}, 3, {4, 5, 6})
// CHECK-VALUES: overlapping wrt=x,y at=({1, 2, 3}, 3, _) alias=y:x
void overlapping(const double *x, int n, double *y) { squares(x, n, y); }

// CHECK-VALUES: in_a_local wrt=v,a at=({1, 2, 3}, 0.5)
double in_a_local(const std::vector<double> &v, double a) {
  std::vector<double> w = v;
  scale(w.data(), 3, a);
  scale(w.data() + 1, 2, w[0]);
  return w[0] * w[1] + w[2];
}

// CHECK-VALUES: in_an_array wrt=a at=(0.5),(-1)
double in_an_array(double a) {
  double t[3];
  t[0] = a;
  t[1] = 2 * a;
  t[2] = 1;
  scale(t, 3, a);
  scale(t, 2, a * t[0]);
  return t[0] + t[1] * t[2];
}

// CHECK-VALUES: elements wrt=v,a at=({1, 2, 3}, 0.5)
double elements(std::vector<double> &v, double a) {
  double b = a;
  mix(v[0], v[1]);
  mix(v[1], b);
  mix(a, b);
  mix(b, v[2]);
  return v[0] * v[1] * a + b * v[2];
}

// CHECK-VALUES: unset_array wrt=x at=({1, 2, 3})
double unset_array(const double *x) {
  double t[3];
  const double s = squares(x, 3, t);
  return s * t[0] + t[1] * t[2];
}

// CHECK-VALUES: steps wrt=v,a at=({1, 2, 3}, 0.5, 3),({1, 2}, 0.5, 0)
double steps(std::vector<double> &v, double a, int n) {
  for (int t = 0; t < n; ++t) {
    scale(v.data(), int(v.size()), a * v[0]);
    v[1] += 1;
  }
  return v[0] * v[1];
}

// CHECK-VALUES: rotated wrt=v,a at=({1, 2, 3}, 0.5, 3),({1, 2}, 0.5, 0)
double rotated(std::vector<double> &v, double a, int n) {
  for (int t = 0; t < n; ++t) {
    rotate(v, a);
    a += v[0] * 0.1;
  }
  return v[0] * v[1] * a;
}

// CHECK-VALUES: chosen wrt=v,a at=({1.5, 2.2, 3}, 0.5, 4),({3, 0.5}, 0.5, 5)
double chosen(std::vector<double> &v, double a, int n) {
  double s = 0;
  for (int t = 0; t < n; ++t) {
    if (v[0] > 1)
      scale(v.data(), int(v.size()), a);
    else
      rotate(v, a);
    s += v[0] * v[1];
  }
  return s;
}

// CHECK-VALUES: work_array wrt=x at=(rand(6, 1), 4)
double work_array(const double *x, int n) {
  double t[3];
  double s = 1;
  for (int i = 0; i < n; ++i) {
    s += squares(x + i, 3, t);
    s += t[0] * t[1] * s;
  }
  return s;
}

// CHECK-VALUES: trip_objects wrt=x at=(rand(6, 1), 4)
double trip_objects(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    double t[3];
    const double q = squares(x + i, 3, t);
    t[0] += s;
    scale(t, 3, x[i]);
    s += t[0] * t[1] * q;
  }
  return s;
}

// CHECK-VALUES: output_then_read wrt=x,y at=({1, 2, 3}, {4, 5, 6})
double output_then_read(const std::vector<double> &__restrict x, std::vector<double> &__restrict y) {
  const double s = squares(x.data(), 3, y.data());
  return y[0] * y[1] * s;
}

// In callees that have bodies, one of which calls itself.
static void twice(std::vector<double> &v, double a) {
  scale(v.data(), 2, a);
  scale(v.data(), int(v.size()), v[0]);
}
static double inner(double a) {
  double t[2] = {a, a * a};
  scale(t, 2, a);
  return norm(t, 2);
}
// CHECK-VALUES: in_callees wrt=v,a at=({1, 2, 3}, 0.5)
double in_callees(std::vector<double> &v, double a) {
  twice(v, a);
  const double s = inner(a);
  twice(v, s);
  return total(v) * s;
}
static double sum_halves(const double *x, int n) {
  if (n < 2)
    return norm(x, n);
  return sum_halves(x, n / 2) * norm(x, n) + sum_halves(x + n / 2, n - n / 2);
}
// CHECK-VALUES: recursive wrt=x at=(rand(4, 1), 4)
double recursive(const double *x, int n) { return sum_halves(x, n); }

// Several results of a callee, of which each would be swept by itself.
static double weight(double a) { return std::sin(a) * a; }
static double weights(double a) { return weight(a) * weight(2 * a); }
static void split(double a, double &p, double &q) {
  double t[3] = {};
  const double w = weights(a);
  t[0] = w;
  scale(t, 3, a);
  t[2] = w * w;
  scale(t, 3, w);
  p = t[0] * norm(t, 3);
  q = t[2];
}
// CHECK-VALUES: several_results wrt=a at=(0.5),(0.6)
double several_results(double a) {
  double p, q, r, s;
  split(a, p, q);
  split(p + q, r, s);
  return std::exp(p * q) * r * s;
}

// CHECK-VALUES: matrix_rows wrt=m,a at=({{{1, 2, 3, 4}, {0.5, 1, 0.1, 2}, {1, 1, 2, 1}}}, 0.5)
double matrix_rows(double (&m)[3][4], double a) {
  for (int i = 0; i < 3; ++i)
    scale(m[i], 4, a * m[0][i]);
  return m[1][1] * m[2][2] * m[0][3];
}

// CHECK-VALUES: until wrt=v,a at=({0.5, 0.2}, 1.7)
double until(std::vector<double> &v, double a) {
  double s = norm(v.data(), 2);
  while (s < 10) {
    scale(v.data(), 2, a);
    s = norm(v.data(), 2);
  }
  return s * v[0];
}

// CHECK-VALUES: leaves wrt=v,a at=({1, 2}, 1.7, 5),({1, 2}, 1.7, 2)
double leaves(std::vector<double> &v, double a, int n) {
  for (int i = 0; i < n; ++i) {
    scale(v.data(), 2, a);
    if (v[0] > 5)
      return v[1] * v[0];
  }
  return v[0];
}

// CHECK-VALUES: nested wrt=v at=({0.5, 0.2, 0.7}, 3, 2)
double nested(std::vector<double> &v, int n, int m) {
  double s = 1;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j <= m; ++j) {
      scale(v.data(), j, std::cos(s));
      s += norm(v.data(), i);
    }
  return s;
}

// CHECK-VALUES: objects_of_trips wrt=x,a at=({1, 2, 3}, 0.5)
double objects_of_trips(const std::vector<double> &x, double a) {
  double s = 0;
  for (int i = 0; i < 3; ++i) {
    std::vector<double> t(3);
    t[i] = x[i];
    scale(t.data(), 3, a);
    t[0] += s;
    s += norm(t.data(), 3) * t[i] + total(t);
  }
  return s;
}

// Of a call in a loop's condition the loop only compares the result.
double unit(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] * x[i];
  s = std::sqrt(s);
  for (int i = 0; i < n; ++i)
    x[i] /= s;
  return s;
}
ADGEN_DERIVATIVE_OF(unit)
void unit_grad(double *x, int n, double *x_bar, double seed) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] * x[i];
  s = std::sqrt(s);
  double s_bar = seed;
  for (int i = 0; i < n; ++i) {
    s_bar -= x_bar[i] * x[i] / (s * s);
    x_bar[i] /= s;
  }
  for (int i = 0; i < n; ++i) {
    x_bar[i] += s_bar * x[i] / s;
    x[i] /= s;
  }
}
ADGEN_DERIVATIVE_OF(unit) norm_dual unit_jvp(double *x, int n, double *x_dot) {
  norm_dual s = {0, 0};
  for (int i = 0; i < n; ++i) {
    s.value += x[i] * x[i];
    s.dot += x[i] * x_dot[i];
  }
  s.value = std::sqrt(s.value);
  s.dot /= s.value;
  for (int i = 0; i < n; ++i) {
    x[i] /= s.value;
    x_dot[i] = (x_dot[i] - x[i] * s.dot) / s.value;
  }
  return s;
}
// CHECK-VALUES: normed wrt=v at=({1, 2, 3}, 0),({1, 2, 3}, 2)
double normed(std::vector<double> &v, int n) {
  for (int k = 0; unit(v.data(), 3) > 0 && k < n; ++k)
    v[2] += v[0];
  return v[0];
}

// What a rule leaves of an object of the function's own is its shadow's shape, though nobody reads it.
void lengthen(std::vector<double> &v, double s) { v.push_back(2 * v.back() * s); }
ADGEN_DERIVATIVE_OF(lengthen)
double lengthen_grad(std::vector<double> &v, double s, std::vector<double> &v_bar) {
  const double t = v_bar.back();
  v_bar.pop_back();
  const double last = v.back();
  v_bar.back() += 2 * s * t;
  v.push_back(2 * last * s);
  return 2 * last * t;
}
ADGEN_DERIVATIVE_OF(lengthen)
void lengthen_jvp(std::vector<double> &v, double s, std::vector<double> &v_dot, double s_dot) {
  v_dot.push_back(2 * (v_dot.back() * s + v.back() * s_dot));
  v.push_back(2 * v.back() * s);
}
// CHECK-VALUES: lengthened wrt=x at=(2)
double lengthened(double x) {
  std::vector<double> v = {x, 1.0};
  double t = v[v.size() / 2] + v[0];
  lengthen(v, 1.5);
  return t * x;
}
// CHECK-VALUES: lengthened_by_value wrt=x,v at=(2, {1, 2, 3})
double lengthened_by_value(double x, std::vector<double> v) {
  double t = v[1];
  lengthen(v, 1.5);
  lengthen(v, x);
  return 0.5 * x * t;
}
