//--- original
#include "shapes.h"

// Every kind of parameter at once: y = a product of what each holds.
// FIELDS: Matrix: rows, columns, data
// CHECK-VALUES: shapes wrt=a,m,v,c,s,g,w,d at=({1, 2, 3, 4}, rand(6, 1), {{1, 2}, {}, {3}}, {0.5, -0.5}, {2, 7, {3, 0.5}}, Matrix(2, 2, {1, 2, 3, 4}), View{memory({1, 2, 3}), 3}, {0.5, 0.25}, {1, 1, 0}, {{9, 2, {8, 8}}, {1, 5, {0.5, 7}}})
// CHECK-VALUES: shapes wrt=a,m,v,c,s,g,w,d at=(rand(4, 2), {{1, 2, 3}, {4, 5, 6}}, grid(2, rand(4, 3)), rand(2, 5), {-1, 1, {2, 4}}, Matrix(1, 1, {5}), View{memory(rand(1, 9)), 1}, {}, {2, 0, 1}, {})
Pair shapes(const double (&a)[2][2], double m[][3], const std::vector<std::vector<double>> &v,
            std::array<double, 2> c, Pair s, const Matrix &g, View w, std::span<const double> d,
            const int *index, std::vector<Pair> &out) {
  double sum = 0;
  for (const auto &row : v)
    for (double x : row)
      sum += x * a[0][1] * a[1][0];
  sum += a[0][0] * a[1][1];
  m[0][index[0]] *= m[1][index[1]];
  for (int i = 0; i < w.n; ++i)
    sum += w.data[i] * w.data[i] * c[0] * s.weights[1];
  w.data[0] = c[1] * s.first;
  for (double x : d)
    sum += x * g(0, 0) * g(g.height() - 1, g.width() - 1);
  for (Pair &p : out) {
    p.first *= sum;
    p.weights[0] = sum;
    p.count++;
  }
  return {sum, s.count, {s.weights[0] * m[0][2], 1}};
}
//--- header
#include "shapes.h"
#include <array>
#include <vector>
struct shapes_gradient { std::array<double, 2> c; Pair s; };
struct shapes_dual { Pair value, dot; };
shapes_gradient shapes_grad(const double (&a)[2][2], double m[][3], const std::vector<std::vector<double>> &v,
            std::array<double, 2> c, Pair s, const Matrix &g, View w, std::span<const double> d,
            const int *index, std::vector<Pair> &out,
            double (&a_bar)[2][2], double m_bar[][3], std::vector<std::vector<double>> &v_bar,
            Matrix &g_bar, View w_bar, std::span<double> d_bar, std::vector<Pair> &out_bar, const Pair &seed);
shapes_dual shapes_jvp(const double (&a)[2][2], double m[][3], const std::vector<std::vector<double>> &v,
            std::array<double, 2> c, Pair s, const Matrix &g, View w, std::span<const double> d,
            const int *index, std::vector<Pair> &out,
            const double (&a_dot)[2][2], double m_dot[][3], const std::vector<std::vector<double>> &v_dot,
            std::array<double, 2> c_dot, Pair s_dot, const Matrix &g_dot, View w_dot, std::span<const double> d_dot,
            std::vector<Pair> &out_dot);
//--- derivative
shapes_gradient shapes_grad(const double (&a)[2][2], double m[][3], const std::vector<std::vector<double>> &v,
            std::array<double, 2> c, Pair s, const Matrix &g, View w, std::span<const double> d,
            const int *index, std::vector<Pair> &out,
            double (&a_bar)[2][2], double m_bar[][3], std::vector<std::vector<double>> &v_bar,
            Matrix &g_bar, View w_bar, std::span<double> d_bar, std::vector<Pair> &out_bar, const Pair &seed) {
  double sum = 0;
  for (const auto &row : v)
    for (double x : row)
      sum += x * a[0][1] * a[1][0];
  sum += a[0][0] * a[1][1];
  const double m0 = m[0][index[0]];
  m[0][index[0]] *= m[1][index[1]];
  for (int i = 0; i < w.n; ++i)
    sum += w.data[i] * w.data[i] * c[0] * s.weights[1];
  const double w0 = w.data[0];
  w.data[0] = c[1] * s.first;
  for (double x : d)
    sum += x * g(0, 0) * g(g.height() - 1, g.width() - 1);
  // return …
  std::array<double, 2> c_bar{};
  Pair s_bar{0, s.count, {seed.weights[0] * m[0][2], 0}};
  double sum_bar = seed.first;
  m_bar[0][2] += seed.weights[0] * s.weights[0];
  for (std::size_t i = 0; i < out.size(); ++i) {
    sum_bar += out_bar[i].first * out[i].first + out_bar[i].weights[0];
    out_bar[i].first *= sum;
    out_bar[i].weights[0] = 0;
    out[i].first *= sum;
    out[i].weights[0] = sum;
    out[i].count++;
  }
  const int last = g.height() - 1, edge = g.width() - 1;
  for (std::size_t i = 0; i < d.size(); ++i) {
    d_bar[i] += sum_bar * g(0, 0) * g(last, edge);
    g_bar(0, 0) += sum_bar * d[i] * g(last, edge);
    g_bar(last, edge) += sum_bar * d[i] * g(0, 0);
  }
  c_bar[1] += w_bar.data[0] * s.first;
  s_bar.first += w_bar.data[0] * c[1];
  w_bar.data[0] = 0;
  for (int i = 0; i < w.n; ++i) {
    const double x = i == 0 ? w0 : w.data[i];
    w_bar.data[i] += sum_bar * 2 * x * c[0] * s.weights[1];
    c_bar[0] += sum_bar * x * x * s.weights[1];
    s_bar.weights[1] += sum_bar * x * x * c[0];
  }
  m_bar[1][index[1]] += m_bar[0][index[0]] * m0;
  m_bar[0][index[0]] *= m[1][index[1]];
  a_bar[0][0] += sum_bar * a[1][1];
  a_bar[1][1] += sum_bar * a[0][0];
  for (std::size_t i = 0; i < v.size(); ++i)
    for (std::size_t j = 0; j < v[i].size(); ++j) {
      v_bar[i][j] += sum_bar * a[0][1] * a[1][0];
      a_bar[0][1] += sum_bar * v[i][j] * a[1][0];
      a_bar[1][0] += sum_bar * v[i][j] * a[0][1];
    }
  return {c_bar, s_bar};
}
shapes_dual shapes_jvp(const double (&a)[2][2], double m[][3], const std::vector<std::vector<double>> &v,
            std::array<double, 2> c, Pair s, const Matrix &g, View w, std::span<const double> d,
            const int *index, std::vector<Pair> &out,
            const double (&a_dot)[2][2], double m_dot[][3], const std::vector<std::vector<double>> &v_dot,
            std::array<double, 2> c_dot, Pair s_dot, const Matrix &g_dot, View w_dot, std::span<const double> d_dot,
            std::vector<Pair> &out_dot) {
  double sum = 0, sum_dot = 0;
  for (std::size_t i = 0; i < v.size(); ++i)
    for (std::size_t j = 0; j < v[i].size(); ++j) {
      sum_dot += v_dot[i][j] * a[0][1] * a[1][0] + v[i][j] * (a_dot[0][1] * a[1][0] + a[0][1] * a_dot[1][0]);
      sum += v[i][j] * a[0][1] * a[1][0];
    }
  sum_dot += a_dot[0][0] * a[1][1] + a[0][0] * a_dot[1][1];
  sum += a[0][0] * a[1][1];
  m_dot[0][index[0]] = m_dot[0][index[0]] * m[1][index[1]] + m[0][index[0]] * m_dot[1][index[1]];
  m[0][index[0]] *= m[1][index[1]];
  for (int i = 0; i < w.n; ++i) {
    const double x = w.data[i];
    sum_dot += 2 * x * w_dot.data[i] * c[0] * s.weights[1] + x * x * (c_dot[0] * s.weights[1] + c[0] * s_dot.weights[1]);
    sum += w.data[i] * w.data[i] * c[0] * s.weights[1];
  }
  w_dot.data[0] = c_dot[1] * s.first + c[1] * s_dot.first;
  w.data[0] = c[1] * s.first;
  const int last = g.height() - 1, edge = g.width() - 1;
  for (std::size_t i = 0; i < d.size(); ++i) {
    sum_dot += d_dot[i] * g(0, 0) * g(last, edge) + d[i] * (g_dot(0, 0) * g(last, edge) + g(0, 0) * g_dot(last, edge));
    sum += d[i] * g(0, 0) * g(last, edge);
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    out_dot[i].first = out_dot[i].first * sum + out[i].first * sum_dot;
    out[i].first *= sum;
    out_dot[i].weights[0] = sum_dot;
    out[i].weights[0] = sum;
    out[i].count++;
  }
  return {{sum, s.count, {s.weights[0] * m[0][2], 1}},
          {sum_dot, s.count, {s_dot.weights[0] * m[0][2] + s.weights[0] * m_dot[0][2], 0}}};
}
//--- valued
Pair shapes(const double (&a)[2][2], double m[][3], const std::vector<std::vector<double>> &v,
            std::array<double, 2> c, Pair s, const Matrix &g, View w, std::span<const double> d,
            const int *index, std::vector<Pair> &out);
struct shapes_gradient_v { Pair value; std::array<double, 2> c; Pair s; };
inline shapes_gradient_v shapes_grad_v(const double (&a)[2][2], double m[][3], const std::vector<std::vector<double>> &v,
            std::array<double, 2> c, Pair s, const Matrix &g, View w, std::span<const double> d,
            const int *index, std::vector<Pair> &out,
            double (&a_bar)[2][2], double m_bar[][3], std::vector<std::vector<double>> &v_bar,
            Matrix &g_bar, View w_bar, std::span<double> d_bar, std::vector<Pair> &out_bar, const Pair &seed) {
  // The value from copies: f_grad does what f does, and once.
  std::vector<double> rows(&m[0][0], &m[0][0] + 6), data(w.data, w.data + w.n);
  std::vector<Pair> others = out;
  const Pair value = shapes(a, reinterpret_cast<double (*)[3]>(rows.data()), v, c, s, g,
                            View{data.data(), w.n}, d, index, others);
  const shapes_gradient r = shapes_grad(a, m, v, c, s, g, w, d, index, out, a_bar, m_bar, v_bar, g_bar, w_bar,
                                        d_bar, out_bar, seed);
  return {value, r.c, r.s};
}
//--- faults
array: a_bar[0][1] += => a_bar[0][1] =
pointer_to_rows: m_bar[1][index[1]] += m_bar[0][index[0]] * m0; => m_bar[1][index[1]] += 0 * m0;
nested_vector: v_bar[i][j] += => v_bar[i][0] +=
value_array: c_bar[1] += => c_bar[0] +=
value_struct: s_bar.weights[1] += => s_bar.weights[1] -=
class_with_storage: g_bar(last, edge) += => g_bar(last, 0) +=
view: w_bar.data[0] = 0; => ;
span: d_bar[i] += => d_bar[i] =
vector_of_structs: out_bar[i].weights[0] = 0; => ;
counter_in_a_struct: out[i].count++; => ;
result: double sum_bar = seed.first; => double sum_bar = 1;
shape_of_an_adjoint: return {c_bar, s_bar} => v_bar.pop_back(); return {c_bar, s_bar}
