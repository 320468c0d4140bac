// RUN: adgen %s -o - | FileCheck %s
// An adjoint that is read has one name, and what cancels under this name is not there.
#include <vector>

// CHECK-LABEL: void unwrapped_grad(
// CHECK:        const double d_bar = x_bar[i];
// CHECK-NEXT:   x_bar[i] = 0;
// CHECK-NEXT:   // d = x[i] - x[i - 1]
// CHECK-NEXT:   x_bar[i] += d_bar;
// CHECK-NEXT:  }
void unwrapped(std::vector<double> &x) {
  for (std::size_t i = 1; i < x.size(); ++i) {
    double d = x[i] - x[i - 1];
    x[i] = x[i - 1] + d;
  }
}

// CHECK-LABEL: double chosen_grad(
// CHECK:       const double e_bar = v_bar.back();
// CHECK-NEXT:  v_bar.pop_back();
// CHECK-NEXT:  // for (double e : p)
// CHECK-NEXT:  p_bar[i] += e_bar;
double chosen(double x, const std::vector<double> &p) {
  std::vector<double> v;
  for (double e : p)
    if (e > 0)
      v.push_back(e);
  double s = 0;
  for (double e : v)
    s += e * x;
  return s;
}
