// RUN: %check-values %s
// RUN: adgen %s --function multiply -o %t.cpp
// RUN: FileCheck %s < %t.cpp
// RUN: adgen %s --function correlate -o %t2.cpp
// RUN: FileCheck %s --check-prefix=CORRELATE < %t2.cpp
// RUN: adgen %s --function apply,triangle,in_place,history,weighted -o %t3.cpp
// RUN: FileCheck %s --check-prefix=SAME < %t3.cpp
// Sums of a few terms for each element of a row: the loop along the row becomes the innermost, where nothing depends
// on the order.
#include <array>
#include <cmath>
#include <vector>

// CHECK: for (int k = 0; k < m; ++k)
// CHECK-NEXT: for (int j = 0; j < p; ++j)
// CHECK-NEXT: C[i * p + j] += A[i * m + k] * B[k * p + j];
// CHECK: B_bar[k * p + j] += A[i * m + k] * C_bar[i * p + j];
// CHECK: A_bar[i * m + k] += sum_over(
// CHECK-VALUES: multiply wrt=A,B at=({1, 2, 3, 4, 5, 6}, {1, -2, 0.5, 3, 2, 1}, 2, 3, 2),({}, {}, 0, 3, 2),({}, {}, 2, 0, 3),({1, 2}, {}, 2, 1, 0)
double multiply(const double *A, const double *B, int n, int m, int p) {
  std::vector<double> C(n * p);
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < p; ++j) {
      double s = 0;
      for (int k = 0; k < m; ++k)
        s += A[i * m + k] * B[k * p + j];
      C[i * p + j] = s;
    }
  double e = 0;
  for (double c : C)
    e += c * std::sin(c);
  return e;
}

// CORRELATE: for (int a = 0; a < size; ++a)
// CORRELATE-NEXT: for (int b = 0; b < size; ++b) {
// CORRELATE-NEXT: for (int x = 0; x < out_width; ++x) {
// CORRELATE: out_bar[y * out_width + x] = 0;
// CHECK-VALUES: correlate wrt=image,kernel,out at=({1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3}, {1, -2, 0.5, 3}, {9, 9, 9, 9, 9, 9}, 3, 4, 2),({1, 2, 3, 4}, {}, {5, 5, 5, 5, 5, 5, 5, 5, 5, 5}, 1, 4, 0),({1, 2}, {1, 2, 3, 4}, {}, 2, 1, 2)
void correlate(const double *__restrict image, const double *__restrict kernel, double *__restrict out, int height,
               int width, int size) {
  const int out_width = width - size + 1;
  for (int y = 0; y <= height - size; ++y)
    for (int x = 0; x < out_width; ++x) {
      double s = 0;
      for (int a = 0; a < size; ++a)
        for (int b = 0; b < size; ++b)
          s += kernel[a * size + b] * image[(y + a) * width + x + b];
      out[y * out_width + x] = s;
    }
}

// A filter, backwards, that starts from a number.
// CHECK-VALUES: filtered wrt=x,h,start at=({1, 2, 3, 4, 5}, {1, -2, 0.5}, 3),({1, 2}, {1, -2, 0.5}, 3),({}, {}, 2),({1, 2, 3}, {}, 2)
double filtered(const std::vector<double> &x, const std::vector<double> &h, double start) {
  const int n = x.size(), taps = h.size();
  std::vector<double> y(n + 1);
  for (int i = n - 1; i >= taps - 1; --i) {
    double s = start;
    for (int k = 0; k < taps; ++k)
      s += h[k] * x[i - k];
    y[i + 1] = s;
  }
  double e = 0;
  for (double t : y)
    e += std::sin(t) * start;
  return e;
}

// CHECK-VALUES: rows wrt=A,B at=({{1, 2}, {3, 4}, {5, 6}}, {{1, -2, 3}, {0.5, 3, 1}}),({}, {})
double rows(const std::vector<std::vector<double>> &A, const std::vector<std::vector<double>> &B) {
  const int n = A.size(), m = B.size(), p = m > 0 ? B[0].size() : 0;
  std::vector<std::vector<double>> C(n, std::vector<double>(p, 7.0));
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < p; ++j) {
      double s = 1;
      for (int k = 0; k < m; ++k)
        s -= A[i][k] * B[k][j];
      C[i][j] = s;
    }
  double e = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < p; ++j)
      e += C[i][j] * C[i][j];
  return e;
}

// SAME-LABEL: {{.* }}apply_grad(
// SAME: for (int j = 0; j < n; ++j)
// SAME-NEXT: s += A[i * n + j] * x[j];
// CHECK-VALUES: apply wrt=A,x at=({1, 2, 3, 4}, {5, 6}, 2),({}, {}, 0)
double apply(const double *A, const double *x, int n) {
  std::vector<double> y(n);
  for (int i = 0; i < n; ++i) {
    double s = 0;
    for (int j = 0; j < n; ++j)
      s += A[i * n + j] * x[j];
    y[i] = s;
  }
  double e = 0;
  for (double t : y)
    e += t * t;
  return e;
}

// Rows of different lengths.
// SAME-LABEL: {{.* }}triangle_grad(
// SAME: double s = 0;
// CHECK-VALUES: triangle wrt=x at=({1, 2, 3, 4}, 2),({}, 0),({1, 2, 3, 4, 5, 6}, 3)
double triangle(const double *x, int n) {
  std::vector<double> y(n);
  for (int i = 0; i < n; ++i) {
    double s = 0;
    for (int j = 0; j <= i; ++j)
      s += x[j] * x[i + j];
    y[i] = s;
  }
  double e = 0;
  for (double t : y)
    e += t * t;
  return e;
}

// What is read is overwritten.
// SAME-LABEL: {{.* }}in_place_grad(
// SAME: double s = 0;
// CHECK-VALUES: in_place wrt=x,h at=({1, 2, 3, 4, 5}, {1, -2}, 5, 2),({}, {}, 0, 0)
void in_place(double *x, const double *h, int n, int taps) {
  for (int i = taps; i < n; ++i) {
    double s = 0;
    for (int k = 0; k < taps; ++k)
      s += h[k] * x[i - k];
    x[i] = s;
  }
}

// Sums read what others before them have given.
// SAME-LABEL: {{.* }}history_grad(
// SAME: double s = 0;
// CHECK-VALUES: history wrt=x at=({1, 2, 3, 4, 5}, 5),({}, 0),({2}, 1)
double history(const double *x, int n) {
  std::vector<double> y(n + 2);
  for (int i = 0; i < n; ++i) {
    double s = 0;
    for (int k = 0; k < 2; ++k)
      s += x[i] * y[i + k] + x[i];
    y[i + 1] = s;
  }
  return y[n] + y[0];
}

// The sum is one of floats.
// SAME-LABEL: {{.* }}weighted_grad(
// SAME: float s = 0;
double weighted(const double *x, const double *h, int n, int taps) {
  std::vector<double> y(n);
  for (int i = 0; i < n - taps; ++i) {
    float s = 0;
    for (int k = 0; k < taps; ++k)
      s += float(h[k]) * float(x[i + k]);
    y[i] = s;
  }
  double e = 0;
  for (double t : y)
    e += t * t;
  return e;
}

// CHECK-VALUES: table wrt=x,h at=({1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3}, {1, -2, 0.5})
double table(const double *x, std::array<double, 3> h) {
  double y[10][10];
  for (int i = 0; i < 10; ++i)
    for (int j = 0; j < 10; ++j) {
      double s = 0;
      for (int k = 0; k < 3; ++k)
        s += h[k] * x[j + k] * i;
      y[i][j] = s;
    }
  double e = 0;
  for (int i = 0; i < 10; ++i)
    for (int j = 0; j < 10; ++j)
      e += y[i][j] * y[j][i];
  return e;
}
