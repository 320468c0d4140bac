// RUN: %check-values %s
// RUN: adgen %s --function length,cancelled,energy,different,named -o - | FileCheck %s
// RUN: adgen %s --function length -o - --disable-pass=ad-fold-coefficients | FileCheck %s --check-prefix=WITHOUT
// What all products of a value begin with is multiplied with once.
#include <cmath>

// CHECK-LABEL: length_grad(
// CHECK:      const double t_bar = -2 * seed / (sum * sum);
// CHECK-NEXT: return {x * t_bar, y * t_bar};
// WITHOUT:     x_bar = {{-?}}2 * x * t_bar;
// CHECK-VALUES: length wrt=x,y at=(0.3, 2),(-1, 0)
double length(double x, double y) { return 1 / (1 + x * x + y * y); }

// 2 * (t / (2 * s)) is t / s.
// CHECK-LABEL: cancelled_grad(
// CHECK:      const double t_bar = seed / std::sqrt(1 + x * x + y * y);
// CHECK-NEXT: return {x * t_bar, y * t_bar};
// CHECK-VALUES: cancelled wrt=x,y at=(0.3, 2),(-1, 0)
double cancelled(double x, double y) { return std::sqrt(1 + x * x + y * y); }

// Of a call, what it returns.
// CHECK-LABEL: void energy_grad(
// CHECK:      const double t_bar = 2 * potential_grad(x_i * x_i + y[i] * y[i], seed);
// CHECK-NEXT: y_bar[i] += y[i] * t_bar;
// CHECK-NEXT: x_bar[i] += x_i * t_bar;
// CHECK-VALUES: energy wrt=x,y at=({0.7, -1.3, 2.1},{0.4, 1.6, -0.2},3),({0.7},{0.4},0)
static double potential(double r) { return std::exp(-r) / (1 + r); }
double energy(const double *x, const double *y, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += potential(x[i] * x[i] + y[i] * y[i]);
  return s;
}

// The numbers are two.
// CHECK-LABEL: different_grad(
// CHECK: 2 * x * t_bar
// CHECK: 3 * y * y * t_bar
// CHECK-VALUES: different wrt=x,y at=(0.3, 2),(-1, 0)
double different(double x, double y) { return 1 / (2 + x * x + y * y * y); }

// The adjoint of a variable stays what its name says.
// CHECK-LABEL: named_grad(
// CHECK: const double r_bar = {{.*}}seed
// CHECK: x_bar = 2 * x * r_bar;
// CHECK: y_bar = 2 * y * r_bar;
// CHECK-VALUES: named wrt=x,y at=(0.3, 2),(-1, 0)
double named(double x, double y) {
  const double r = 1 + x * x + y * y;
  return 1 / (r * r);
}

// Guarded, negative, as float and where it is zero.
// CHECK-VALUES: guarded wrt=x,y at=(0.3, 2),(-1, 0.5),(0, 0)
double guarded(double x, double y) {
  double s = 0;
  for (int i = 0; i < 3; ++i)
    if (x != 0)
      s -= std::sqrt(x * x + y * y) * i;
  return s - std::pow(x * x + y * y + 1, -1.5);
}
// CHECK-VALUES: floats wrt=x,y at=(0.3, 2),(-1, 0.5)
float floats(float x, float y) { return 1 / (1 + x * x + y * y); }
