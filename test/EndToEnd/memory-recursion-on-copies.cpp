// RUN: %check-values %s
// RUN: adgen %s --function vectors -o - | FileCheck %s
// A recursive function that works on an object that its caller has by value: the adjoint is
// complete before it is moved into the result.
#include <cmath>
#include <vector>

static void grow(std::vector<double> &v, int n, double s) {
  if (n <= 0)
    return;
  grow(v, n - 1, std::cos(s));
  for (double &x : v)
    x = std::sin(x * s);
}

// CHECK-LABEL: vectors_grad(
// CHECK:      const double x_bar = grow_reverse(2, x, *t, v_bar);
// CHECK-NEXT: return {std::move(v_bar), x_bar};
// CHECK-VALUES: vectors wrt=v,x at=({0.7, -1.3, 2.1}, 0.4),({0.3, 0.2}, 2)
double vectors(std::vector<double> v, double x) {
  grow(v, 2, x);
  return v[0] * v[1];
}

static void lengthen(std::vector<double> &v, int n, double s) {
  if (n <= 0)
    return;
  lengthen(v, n - 1, std::cos(s));
  for (double &x : v)
    x = std::sin(x * s);
  v.push_back(s);
}

// Nothing comes of it, but it runs.
// CHECK-VALUES: without wrt=v,x at=({0.7, -1.3}, 0.4, {1}),({}, 2, {1})
void without(std::vector<double> v, double x, double *__restrict y) {
  lengthen(v, 2, x);
  y[0] *= x;
}

// CHECK-VALUES: longer wrt=v,x at=({0.7, -1.3}, 0.4),({}, 2)
double longer(std::vector<double> v, double x) {
  lengthen(v, 2, x);
  return v.back() * v[0];
}
