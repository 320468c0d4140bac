// RUN: %check-values %s
// Pointers that walk out of one array into the next: of a struct's members, of arrays in
// arrays and vectors. The memory is one, so that such pointers are used.
#include <array>
#include <cmath>
#include <vector>

// CHECK-VALUES: of_arrays wrt=x at=(0.5)
double of_arrays(double x) {
  std::array<std::array<double, 2>, 3> m = {{{x, 2}, {3, x * x}, {0.5, x}}};
  double *p = m[0].data();
  m[1][0] = std::sin(p[2]) * p[3];
  p[2] *= m[1][0];
  return p[2] * m[1][1] + m[1][0];
}

// CHECK-VALUES: of_a_vector wrt=x at=(0.5, 6),(0.5, 4)
double of_a_vector(double x, int n) {
  std::vector<std::array<double, 2>> m(3);
  double *p = m[0].data();
  for (int k = 0; k < n; ++k)
    p[k] = x * k + 1;
  m[1][0] = std::sin(p[2]) * p[3];
  p[2] *= m[1][0];
  return p[2] * m[1][1] + m[1][0];
}

struct Pair {
  double a[2];
};
// CHECK-VALUES: of_members wrt=x at=(0.5, 6),(0.5, 4)
double of_members(double x, int n) {
  Pair q[3];
  double *p = &q[0].a[0];
  for (int k = 0; k < n; ++k)
    p[k] = x * k + 1;
  q[1].a[0] = std::sin(p[2]) * p[3];
  p[2] *= q[1].a[0];
  return p[2] * q[1].a[1] + q[1].a[0];
}

struct Corner {
  double x, y, z;
};
// CHECK-VALUES: of_numbers wrt=x at=(0.5, 6),(0.5, 5)
double of_numbers(double x, int n) {
  std::vector<Corner> q(2);
  double *p = &q[0].x;
  for (int k = 0; k < n; ++k)
    p[k] = x * k + 1;
  q[1].x = std::sin(p[3]) * p[4];
  p[3] *= q[1].x;
  return p[3] * q[1].y + q[1].x;
}

// CHECK-VALUES: of_one_object wrt=x at=(0.5)
double of_one_object(double x) {
  Corner v{x, 2 * x, 3};
  double *p = &v.x;
  v.y = p[0] * p[1];
  p[2] = v.y * v.z;
  double s = 0;
  for (int i = 0; i < 3; ++i) {
    s += p[i] * v.y;
    p[i] *= v.z;
  }
  return s + v.x * v.z;
}
