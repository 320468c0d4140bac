// RUN: adgen %s --mode reverse,forward -o - | FileCheck %s
// What a function takes and never touches is differentiable as well: the compiler has
// not instantiated its class then.
#include <vector>

template <class T> struct Pair {
  T x, y;
};

// CHECK-LABEL: void f_grad(
// CHECK:         std::vector<float> &y_bar,
// CHECK:         std::vector<std::vector<double>> &z_bar,
// CHECK:         std::vector<float> &w_bar, Pair<double> &)
// CHECK-LABEL: void f_jvp(
// CHECK:         std::vector<float> &y_dot,
// CHECK:         std::vector<std::vector<double>> &z_dot,
// CHECK:         const std::vector<float> &w_dot, Pair<double> &)
void f(double *x, std::vector<float> &y, std::vector<std::vector<double>> &z,
       const std::vector<float> &w, Pair<double> &p) {
  x[0] *= 2;
}

// CHECK-LABEL: struct l_gradient {
// CHECK:         Pair<double> p1;
double l(double x, Pair<double>, Pair<int> &, std::vector<int> &) {
  return x * 2;
}
