// RUN: not adgen %s --function iterates -o - 2>&1 | FileCheck %s --check-prefix=ITERATES
// RUN: not adgen %s --function reserved -o - 2>&1 | FileCheck %s --check-prefix=RESERVED
// RUN: not adgen %s --function reserved --mode forward -o - 2>&1 | FileCheck %s --check-prefix=RESERVED
// RUN: not adgen %s --function swapped --mode forward -o - 2>&1 | FileCheck %s --check-prefix=SWAPPED
// RUN: not adgen %s --function row -o - 2>&1 | FileCheck %s --check-prefix=ROW
// RUN: not adgen %s --function held -o - 2>&1 | FileCheck %s --check-prefix=HELD
// RUN: adgen %s --function before --mode reverse,forward -o - | FileCheck %s --check-prefix=BEFORE
// RUN: adgen %s --function iterates --mode forward -o - | FileCheck %s --check-prefix=FORWARD
// What was found in a container before it changed is not used behind that.
#include <utility>
#include <vector>
// The reverse sweep would walk along what the container becomes later.
// FORWARD: v_dot.push_back(
double iterates(const double *x, int n) {
  std::vector<double> v;
  double s = 0;
  for (int i = 0; i < n; ++i) {
    // ITERATES: :[[@LINE+1]]:{{[0-9]+}}: error: this is found in a container that is changed as a whole before the last use, or iterates over one that changes later [adgen-reshaped-container]
    for (auto it = v.begin(); it != v.end(); ++it)
      s += *it * s;
    v.push_back(x[i]);
  }
  return s;
}
double reserved(double x) {
  std::vector<double> v;
  v.reserve(2);
  v.push_back(x);
  // RESERVED: :[[@LINE+1]]:{{[0-9]+}}: error: {{.*}} [adgen-reshaped-container]
  double &r = v[0];
  v.push_back(x * x);
  return r * v[1];
}
double swapped(double x) {
  std::vector<double> u(2, x), w(2, x * x);
  // SWAPPED: :[[@LINE+1]]:{{[0-9]+}}: error: {{.*}} [adgen-reshaped-container]
  double *p = u.data();
  std::swap(u, w);
  return p[0] * w[1];
}
double row(double x) {
  std::vector<std::vector<double>> m(1);
  // ROW: :[[@LINE+1]]:{{[0-9]+}}: error: {{.*}} [adgen-reshaped-container]
  std::vector<double> &first = m[0];
  m.emplace_back();
  first.push_back(x);
  return m[0][0];
}
struct Holder {
  double *held;
  std::vector<double> v;
};
// A pointer in memory may lead to what else is there.
double held(Holder &h, double x) {
  // HELD: :[[@LINE+1]]:{{[0-9]+}}: error: {{.*}} [adgen-reshaped-container]
  double &r = *h.held;
  h.v.push_back(x);
  return r * h.v[0];
}
// BEFORE: v_bar.back()
double before(const double *x, int n) {
  std::vector<double> v;
  for (int i = 0; i < n; ++i) {
    v.push_back(x[i]);
    double &last = v.back();
    last *= x[0];
  }
  double s = 0;
  for (auto it = v.begin(); it != v.end(); ++it)
    s += *it * s;
  return s;
}
