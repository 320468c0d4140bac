// RUN: %check-values %s
// RUN: %check-values %s --adgen "adgen --disable-pass=ad-fuse-sweeps"
// RUN: adgen %s -o - | FileCheck %s
// A local array is over where its branch is: what the reverse sweep needs of it through a pointer is handed out, not
// the pointer.
#include <vector>

// CHECK-LABEL: through_a_reference_grad(
// CHECK:       // Forward sweep.
// CHECK:         double &first = local[0];
// CHECK:         [[T:t[0-9]*]] = first;
// CHECK:       // Reverse sweep.
// CHECK-NOT:     first;
// CHECK:         [[T]] * temporary_bar[1];
// CHECK-VALUES: through_a_reference wrt=x,y at=(1.3, 0.2),(0.4, 2),(-1, 0.5)
std::vector<double> through_a_reference(double x, double y) {
  if (1.0 > y) {
    double local[2];
    for (int i = 0; i < 2; ++i)
      local[i] = x + i * y;
    double &first = local[0];
    return {1.0, x * first};
  }
  return {y, x};
}

// CHECK-VALUES: through_a_pointer wrt=x,y at=(1.3, 0.2, 2),(0.4, 2, 2),(-1, 0.5, 2)
std::vector<double> through_a_pointer(double x, double y, int n) {
  if (1.0 > y) {
    double local[2] = {};
    for (int i = 0; i < n; ++i)
      local[i] = x * y;
    double *last = &local[n - 1];
    if (x > 0)
      --last;
    return {*last, x * *last};
  }
  return {y, x};
}

// CHECK-VALUES: in_nested_branches wrt=x at=({1.3, 0.2, 0.4}, 3),({0.4, 2, 0.1}, 3),({-1, 0.5, 2}, 3),({}, 0)
double in_nested_branches(const double *x, int n) {
  double s = 1;
  for (int i = 0; i < n; ++i) {
    if (x[i] > 0) {
      double t[2] = {x[i], x[i] * s};
      double *p = x[i] > 1 ? t : t + 1;
      s = s * *p + t[0];
      if (s > 3) {
        double &q = t[1];
        q = q * s;
        s -= q * 0.1 * *p;
        continue;
      }
    }
    s = s * s / (1 + s * s) + x[i];
  }
  return s;
}
