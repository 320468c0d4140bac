// RUN: %check-values %s
// RUN: adgen %s --function stages -o - | FileCheck %s --check-prefix=STAGES
// RUN: adgen %s --function stages --disable-pass=ad-keep-callees -o - | FileCheck %s --check-prefix=INPLACE
// RUN: adgen %s --function lenses -o - | FileCheck %s --check-prefix=LENSES
// RUN: adgen %s --function onto_itself -o - | FileCheck %s --check-prefix=ITSELF
// Functions on arrays that are called in several places have derivatives of their own.
#include "Inputs/types/lens.h"

#include <cmath>
#include <vector>

static void interact(const std::vector<double> &x, const std::vector<double> &y,
                     std::vector<double> &out) {
  const int n = x.size();
  for (int i = 0; i < n; ++i)
    for (int j = 0; j <= i; ++j) {
      const double d = x[i] * y[j] + std::sin(x[j] * y[i]);
      out[i] += d * d;
      out[j] -= std::exp(-d * d) * x[j] / (1 + y[i] * y[i]);
    }
}

// What is overwritten behind the call is copied, what is not is read again; two that are
// only read may be one.
// STAGES-NOT: interact_forward
// STAGES: void interact_reverse(
// STAGES: /// Adjoint of stages
// STAGES: const std::vector<double> x_before = x;
// STAGES-NOT: x_before2
// STAGES: interact(x, y, a);
// STAGES: interact(x, x, b);
// STAGES: interact(x, a, c);
// STAGES: interact_reverse(x, a, x_bar, a_bar, c_bar);
// STAGES: interact_reverse(x_before, x_before, x_bar, x_bar, b_bar);
// STAGES: interact_reverse(x_before, y_before, x_bar, y_bar, a_bar);
// INPLACE-NOT: interact_reverse
// CHECK-VALUES: stages wrt=x,y at=({0.5, -1, 0.25}, {1, 0.5, -0.75}),({2}, {0.5}),({}, {})
double stages(std::vector<double> &x, const std::vector<double> &y) {
  const int n = x.size();
  std::vector<double> a(n), b(n), c(n);
  interact(x, y, a);
  interact(x, x, b);
  for (int i = 0; i < n; ++i)
    x[i] = a[i] * 0.1;
  interact(x, a, c);
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += a[i] * b[i] + c[i] * x[i];
  return s;
}

// In a loop the copies are taped; in a branch they are the branch's.
// CHECK-VALUES: steps wrt=x,v,h at=({0.5, -1, 0.25}, {1, 0.5, -0.75}, 0.125, 3),({0.5, -1}, {1, 0.5}, 0.25, 4),({0.5}, {2}, 0.25, 1),({0.5}, {2}, 0.25, 0),({}, {}, 0.5, 2)
void steps(std::vector<double> &x, std::vector<double> &v, double h, int count) {
  const int n = x.size();
  std::vector<double> a(n), mid(n);
  for (int step = 0; step < count; ++step) {
    for (int i = 0; i < n; ++i)
      a[i] = 0;
    interact(x, v, a);
    if (step % 2 == 0) {
      for (int i = 0; i < n; ++i)
        mid[i] = x[i] + h * std::tanh(a[i]);
      interact(mid, v, a);
      for (int i = 0; i < n; ++i)
        mid[i] = 0.5 * mid[i] + h * std::cos(a[i]);
      interact(mid, x, a);
    }
    for (int i = 0; i < n; ++i) {
      v[i] += h * std::sin(a[i]);
      x[i] += h * v[i];
    }
  }
}

// What has to be kept of the callee's own is in a frame.
static double recurrence(double *x, int n, double r) {
  double s = 0.25, t = 1;
  for (int i = 0; i < n; ++i) {
    s = r * s * (1 - s) + 0.125 * x[i];
    t = std::cos(s) * std::tanh(t) + 0.25 * x[i] * x[i];
    x[i] = 0.5 * std::sin(t) + 0.5 * x[i];
    if (x[i] > 0.5)
      x[i] *= 0.5 * t;
  }
  return std::tanh(s + t * r);
}

// CHECK-VALUES: twice wrt=x,y,r at=({0.5, -1, 0.25}, {1, 0.5, -0.75}, 3, 0.75),({0.5}, {2}, 1, 1.25),({0.5}, {2}, 0, 1.25)
double twice(double *__restrict x, double *__restrict y, int n, double r) {
  const double first = recurrence(x, n, r);
  const double second = recurrence(y, n, first);
  double last = n > 2 ? recurrence(x, n - 1, second * r) : first;
  for (int i = 0; i < n; ++i)
    last += recurrence(y + i, n - i, 0.1 * last) * x[i];
  return first * second + last;
}

// Methods of what is passed (Inputs/types/lens.h); one callee calls another.
// LENSES: void Lens_bend_reverse(
// LENSES: void Lens_pass_reverse(
// LENSES: /// Adjoint of lenses
// LENSES: Lens_pass_forward(x, u.data(), n, lens)
// LENSES: Lens_pass_forward(u.data(), v.data(), n, other)
// LENSES: Lens_pass_reverse(u.data(), n, other, *
// LENSES: Lens_pass_reverse(x, n, lens, *
// CHECK-VALUES: lenses wrt=lens,other,x at=(Lens{{0.5, 1, -0.25}, 0.125}, Lens{{1, 0.5, 0.75}, 0.5}, {0.5, -1, 0.25}, 3),(Lens{{0.5, 1, -0.25}, 0.125}, Lens{{1, 0.5, 0.75}, 0.5}, {1}, 0)
double lenses(const Lens &lens, const Lens &other, const double *x, int n) {
  std::vector<double> u(n), v(n);
  lens.pass(x, u.data(), n);
  other.pass(u.data(), v.data(), n);
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += v[i] * v[i];
  return s;
}

// CHECK-VALUES: chained wrt=chain,x at=(Chain{0.5}, {1, 2, 0.5, -1}),(Chain{-2}, {1, 0, 0.5, 0.25})
double chained(Chain &chain, double (&x)[4]) {
  chain.run(x, 3);
  return x[1] * x[3] * chain.weight;
}

// Where what is written may be what is read, the body is put in place.
static void smooth(const double *x, double *y, int n) {
  for (int i = 1; i < n; ++i) {
    const double mean = 0.5 * (x[i] + x[i - 1]);
    y[i] = mean * std::sin(mean) + 0.5 * std::sin(x[i] * y[i - 1]) + 0.5 / (1 + mean * mean);
    y[i - 1] = 0.25 * y[i - 1] * mean + 0.5 * std::cos(x[i]) - 0.25 * x[i - 1] * std::tanh(y[i]);
  }
}

// ITSELF-NOT: smooth_reverse
// ITSELF: onto_itself_grad
// CHECK-VALUES: onto_itself wrt=x at=({0.5, -1, 0.25, 0.75}, 4),({0.5}, 1),({0.5}, 0)
void onto_itself(double *x, int n) {
  smooth(x, x, n);
  smooth(x, x, n);
  smooth(x, x, n);
}

// Some calls are apart, others are not.
// CHECK-VALUES: both wrt=x,y at=({0.5, -1, 0.25, 0.75}, {1, -0.5, 0.25, 2}, 4),({0.5}, {2}, 1)
void both(double *__restrict x, double *__restrict y, int n) {
  smooth(x, y, n);
  smooth(y, y, n);
  smooth(y, x, n);
  smooth(x, y, n);
}

// The function that stays was asked for as well.
// CHECK-VALUES: asked wrt=x,y at=({0.5, -1, 0.25}, {0.5, 1, 2}, 3)
void asked(const double *__restrict x, double *__restrict y, int n) {
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j)
      y[i] += std::sin(x[i] * x[j]) * std::exp(-x[j] * x[j]) / (1 + x[i] * x[i]) +
              std::cos(x[i] - x[j]) * x[j] - std::tanh(x[i]) * 0.5 * x[j];
}

// CHECK-VALUES: asks wrt=x,y at=({0.5, -1, 0.25}, {0.5, 1, 2}, 3)
double asks(double *__restrict x, double *__restrict y, int n) {
  asked(x, y, n);
  asked(y, x, n);
  asked(x, y, n);
  return x[0] * y[n - 1];
}
