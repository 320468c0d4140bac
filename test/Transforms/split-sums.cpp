// RUN: adgen %s --function outer,cleared -o - | FileCheck %s
// RUN: adgen %s --function outer -o - --disable-pass=ad-split-sums | FileCheck %s --check-prefix=WITHOUT
// RUN: adgen %s --function ordered,strided,dear,few -o - | FileCheck %s --check-prefix=KEPT
// RUN: adgen %s --function norm --with-value -o - | FileCheck %s --check-prefix=VALUE
// RUN: adgen %s --function window,wrapping,weighted -o - | FileCheck %s --check-prefix=WIDE
// The sum of an adjoint is added up apart from the loop, in no particular order.
#include <cmath>
#include <numeric>
#include <vector>

// The sum stands behind the loop, where it is added to an element that may not
// exist if there is no trip.
// CHECK: auto sum_over(First first, Last last, Term term) {
// CHECK-LABEL: void outer_grad(
// CHECK:      for (int j = 0; j < n; ++j) {
// CHECK-NEXT:   c[j] += a[i] * b[j];
// CHECK-NEXT:   // c[j] += a[i] * b[j]
// CHECK-NEXT:   b_bar[j] += a[i] * c_bar[j];
// CHECK-NEXT: }
// CHECK-NEXT: if (n > 0)
// CHECK-NEXT:   a_bar[i] += sum_over(0, n, [&](int j) { return b[j] * c_bar[j]; });
// WITHOUT-NOT: sum_over
// WITHOUT:     a_bar_i += b[j] * c_bar[j];
void outer(const double *__restrict a, const double *__restrict b,
           double *__restrict c, int m, int n) {
  for (int i = 0; i < m; ++i)
    for (int j = 0; j < n; ++j)
      c[j] += a[i] * b[j];
}

// It stands ahead of the loop that overwrites what it reads.
// CHECK-LABEL: double cleared_grad(
// CHECK:      const double a_bar = -sum_over(1, n, [&](int i) { return x[i] * y_bar[i]; });
// CHECK-NEXT: for (int i = 1; i <= n - 1; ++i) {
// CHECK:        y_bar[i] = 0;
void cleared(double a, const double *x, double *__restrict y, int n) {
  for (int i = 1; i <= n - 1; ++i)
    y[i] = -a * x[i];
}

// A trip reads what the one before it wrote.
// KEPT-NOT: sum_over
// KEPT-LABEL: double ordered_grad(
// KEPT: a_bar += x[i - 1] * x_bar[i];
void ordered(double a, double *x, int n) {
  for (int i = 1; i < n; ++i)
    x[i] += a * x[i - 1];
}

// KEPT-LABEL: double strided_grad(
// KEPT: a_bar += x[2 * i] * y_bar[i];
void strided(double a, const double *x, double *__restrict y, int n) {
  for (int i = 0; i < n; ++i)
    y[i] += a * x[2 * i];
}

// What takes long hides the sum, and would be computed twice.
// KEPT-LABEL: double dear_grad(
// KEPT: a_bar +=
void dear(double a, const double *x, double *__restrict y, int n) {
  for (int i = 0; i < n; ++i)
    y[i] = std::exp(a * x[i]);
}

// KEPT-LABEL: double few_grad(
// KEPT: a_bar += x[i] * y_bar[i];
void few(double a, const double *x, double *__restrict y) {
  for (int i = 0; i < 4; ++i)
    y[i] += a * x[i];
}

// The user's sums are added up as the user does.
// VALUE-NOT: sum_over
double norm(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] * x[i];
  return s;
}

// Nor is that of an algorithm another one.
// RUN: adgen %s --function total --mode forward -o - | FileCheck %s --check-prefix=FORWARD
// FORWARD-LABEL: total_jvp(
// FORWARD-NOT: {{[^_]}}sum = sum_over
// FORWARD: sum += x[
double total(const std::vector<double> &x) {
  return std::accumulate(x.begin(), x.end(), 0.0);
}

// The counter of a sum in the middle of an index is wide, so that a compiler sees that
// elements lie side by side.
// WIDE-LABEL: void window_grad(
// WIDE: sum_over(0, n, [&](long i) { return x[r * n + i + b] * y_bar[i]; });
void window(const double *__restrict x, const double *__restrict w,
            double *__restrict y, int r, int n, int m) {
  for (int b = 0; b < m; ++b)
    for (int i = 0; i < n; ++i)
      y[i] += w[b] * x[r * n + i + b];
}

// Not so where it is part of what wraps around, or is more than an index.
// WIDE-LABEL: void wrapping_grad(
// WIDE: sum_over(0, n, [&](int i) { return x[r * n + i + b] * y_bar[i]; });
// WIDE-LABEL: void weighted_grad(
// WIDE-NOT: [&](long
void wrapping(const double *__restrict x, const double *__restrict w,
              double *__restrict y, unsigned r, int n, int m) {
  for (int b = 0; b < m; ++b)
    for (int i = 0; i < n; ++i)
      y[i] += w[b] * x[r * n + i + b];
}
void weighted(const double *__restrict x, const double *__restrict w,
              double *__restrict y, int r, int n, int m) {
  for (int b = 0; b < m; ++b)
    for (int i = 0; i < n; ++i)
      y[i] += w[b] * x[r * n + i + b] * (i % 3);
}
