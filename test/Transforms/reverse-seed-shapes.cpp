// RUN: adgen %s -o - -- -std=c++17 | FileCheck %s
// The seed of a returned vector has as many elements as the vector, where that is known on entry.
#include <vector>

// CHECK-LABEL: void sized_grad(
// CHECK: assert(seed.size() == std::size_t(n));
// CHECK-NOT: y(n)
std::vector<double> sized(const double *x, int n) {
  std::vector<double> y(n, 1.0);
  for (int i = 0; i < n; ++i)
    y[i] += x[i] * x[i];
  return y;
}

// CHECK-LABEL: void like_grad(
// CHECK: assert(x_bar.size() == x.size());
// CHECK-NEXT: assert(seed.size() == (x.size() + 1));
std::vector<double> like(const std::vector<double> &x) {
  std::vector<double> y(x.size() + 1);
  for (std::size_t i = 0; i < x.size(); ++i)
    y[i] = x[i] * x[i];
  return y;
}

// CHECK-LABEL: listed_grad(
// CHECK: assert(seed.size() == 2);
std::vector<double> listed(double a, double b) { return {a * b, b}; }

// CHECK-LABEL: given_grad(
// CHECK: assert(seed.size() == x.size());
std::vector<double> given(std::vector<double> x) {
  for (double &v : x)
    v *= v;
  return x;
}

// CHECK-LABEL: void rows_grad(
// CHECK: assert(seed.size() == std::size_t(n));
std::vector<std::vector<double>> rows(const double *x, int n, int m) {
  std::vector<std::vector<double>> y(n, std::vector<double>(m));
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < m; ++j)
      y[i][j] = x[i] * x[j];
  return y;
}

// How many there are the function finds out; nobody else needs it.
// CHECK-LABEL: void pushed_grad(
// CHECK-NOT: assert
std::vector<double> pushed(const double *x, int n) {
  std::vector<double> y;
  for (int i = 0; i < n; ++i)
    if (x[i] > 0)
      y.push_back(x[i] * x[i]);
  return y;
}

// CHECK-LABEL: void counted_grad(
// CHECK-NOT: assert
std::vector<double> counted(const double *x, int n) {
  int k = 0;
  for (int i = 0; i < n; ++i)
    k += x[i] > 0;
  std::vector<double> y(k);
  for (int i = 0; i < k; ++i)
    y[i] = x[i] * x[i];
  return y;
}

// A size in a variable of its own; nobody is warned of it without assertions.
// CHECK-LABEL: void squared_grad(
// CHECK: assert(seed.size() == std::size_t(
std::vector<double> squared(const double *x, int n) {
  const int m = n * n;
  std::vector<double> y(m);
  for (int i = 0; i < n; ++i)
    y[i] = x[i];
  return y;
}
