// RUN: adgen %s --function stack,whole,counted,rows -o - | FileCheck %s
// RUN: adgen %s --function whole --mode forward -o - | FileCheck %s --check-prefix=FORWARD
// The shadow has the final shape and changes it back; sizes are kept where they are needed.
#include <vector>
// CHECK-LABEL: void stack_grad(
double stack(const double *x, int n) {
  // CHECK: // Reverse sweep.
  // CHECK: std::vector<double> s_bar(s.size());
  std::vector<double> s;
  double r = 0;
  for (int i = 0; i < n; ++i) {
    // CHECK: s_bar.back() +=
    // CHECK: = s_bar.back();
    // CHECK-NEXT: s_bar.pop_back();
    // CHECK: s_bar.emplace_back();
    // CHECK: s_bar.back() +=
    // CHECK: = s_bar.back();
    // CHECK-NEXT: s_bar.pop_back();
    s.push_back(x[i] * r);
    r += s.back();
    s.pop_back();
    s.push_back(x[i]);
    r *= s.back();
  }
  return r;
}
// CHECK-LABEL: void whole_grad(
// FORWARD-LABEL: whole_jvp(
void whole(std::vector<double> &v, int n) {
  // The assertion is on the shape in the end.
  // CHECK-NOT: assert
  // CHECK: v.resize(n);
  // CHECK: assert(v_bar.size() == v.size());
  // FORWARD: assert(v_dot.size() == v.size());
  // FORWARD: v_dot.resize(n);
  // FORWARD-NEXT: v.resize(n);
  // CHECK: v_bar.resize([[OLD:.*]]);
  v.resize(n);
  v[0] *= v[1];
}
// A loop's bound that changes is counted when the loop runs.
// CHECK-LABEL: void counted_grad(
double counted(const double *x, int n) {
  std::vector<double> v(1, x[0]);
  double r = 1;
  // CHECK: for (std::size_t i = 0; i < v.size(); ++i) {
  // CHECK: v_size_tape.push_back(v.size());
  // CHECK: if (int(v_size_tape[trip]) < n)
  for (std::size_t i = 0; i < v.size(); ++i) {
    if (int(v.size()) < n)
      v.push_back(v[i] * x[i]);
    r *= v[i];
  }
  return r;
}
// CHECK-LABEL: void rows_grad(
double rows(const double *x, int n) {
  // CHECK: std::vector<std::vector<double>> m_bar(m.size());
  // CHECK-NEXT: for (std::size_t i = 0; i < m.size(); ++i) {
  // CHECK: m_bar[i].resize(m[i].size());
  std::vector<std::vector<double>> m;
  for (int i = 0; i < n; ++i) {
    m.emplace_back();
    m.back().push_back(x[i]);
  }
  return m[0][0] * m.back()[0];
}
