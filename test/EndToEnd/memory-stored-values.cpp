// RUN: %check-values %s
// RUN: %check-values %s --adgen "adgen --disable-pass=ad-minimum-cut --disable-pass=ad-hoist-records"
// RUN: adgen %s --function factorize,solve -o %t.cpp
// RUN: FileCheck %s --check-prefix=TEXT --input-file %t.cpp
// What a trip computed and stored is read where it stays; what all trips of a loop keep
// alike is kept once, in front of it.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

// CHECK-VALUES: factorize wrt=A at=({4, 0, 0, 1, 3, 0, 0.5, 0.2, 5}, 3),({4}, 1),({}, 0)
// TEXT-LABEL: void factorize_grad(
// TEXT-NOT:   tape
// TEXT:       Reverse sweep
// TEXT:       / (2 * A[i * n + i])
// TEXT-NOT:   double s {{=}}
void factorize(double *A, int n) {
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < i; ++j) {
      double s = A[i * n + j];
      for (int k = 0; k < j; ++k)
        s -= A[i * n + k] * A[j * n + k];
      A[i * n + j] = s / A[j * n + j];
    }
    double s = A[i * n + i];
    for (int k = 0; k < i; ++k)
      s -= A[i * n + k] * A[i * n + k];
    A[i * n + i] = std::sqrt(s);
  }
}

// The pivot's row is kept once for all rows below.
// CHECK-VALUES: solve wrt=A,b at=({1, 2, 1.5, 3, 1, 2, 1, 5, 4}, {1, 2, 3}, 3),({4}, {1}, 1),({}, {}, 0)
// TEXT-LABEL: void solve_grad(
// TEXT:       for (int j = k + 1; j < n; ++j)
// TEXT-NEXT:    A_tape[long(k) * n + j] = A[k * n + j];
// TEXT-NEXT:  if (k + 1 < n)
// TEXT-NEXT:    b_tape[k] = b[k];
void solve(double *__restrict A, double *__restrict b, int n) {
  for (int k = 0; k < n; ++k) {
    int pivot = k;
    for (int i = k + 1; i < n; ++i)
      if (std::fabs(A[i * n + k]) > std::fabs(A[pivot * n + k]))
        pivot = i;
    if (pivot != k) {
      for (int j = k; j < n; ++j)
        std::swap(A[k * n + j], A[pivot * n + j]);
      std::swap(b[k], b[pivot]);
    }
    for (int i = k + 1; i < n; ++i) {
      const double factor = A[i * n + k] / A[k * n + k];
      for (int j = k + 1; j < n; ++j)
        A[i * n + j] -= factor * A[k * n + j];
      b[i] -= factor * b[k];
    }
  }
  for (int i = n - 1; i >= 0; --i) {
    double s = b[i];
    for (int j = i + 1; j < n; ++j)
      s -= A[i * n + j] * b[j];
    b[i] = s / A[i * n + i];
  }
}

// Overwritten in a later loop, through a swap, by a neighbour.
// CHECK-VALUES: later_loop wrt=x at=(rand(4, 1), 4),({2}, 1),({}, 0)
double later_loop(const double *x, int n) {
  std::vector<double> e(n);
  double s = 0;
  for (int i = 0; i < n; ++i) {
    e[i] = std::exp(x[i]);
    s += e[i] * e[i];
  }
  for (int i = 0; i < n; ++i)
    e[i] = s;
  return s + (n > 0 ? e[0] : 0);
}

// CHECK-VALUES: swapped wrt=x at=(rand(3, 1), 4),({2}, 1),({}, 2)
double swapped(const std::vector<double> &x, int steps) {
  std::vector<double> u(x), v(x.size());
  for (int t = 0; t < steps; ++t) {
    for (std::size_t i = 0; i < u.size(); ++i)
      v[i] = std::tanh(u[i] + 0.1 * t);
    std::swap(u, v);
  }
  double s = 0;
  for (double e : u)
    s += e * e;
  return s;
}

// CHECK-VALUES: neighbour wrt=x at=(rand(5, 1), 5),({1, 2}, 2)
void neighbour(double *x, int n) {
  for (int i = 1; i < n; ++i) {
    x[i] = std::exp(x[i] - 1);
    x[i - 1] = x[i] * x[i];
  }
}

// Several parameters may be one object.
// CHECK-VALUES: perhaps_one wrt=x,y at=(rand(4, 1), rand(4, 2), 4),({}, {}, 0)
// CHECK-VALUES: perhaps_one wrt=x,y at=(rand(4, 1), _, 4) alias=y:x
// CHECK-VALUES: perhaps_one wrt=x,y at=(rand(5, 1), _, 4) alias=y:x+1
void perhaps_one(double *x, double *y, int n) {
  for (int i = 0; i < n; ++i) {
    y[i] = std::exp(0.3 * x[i]);
    x[i] *= y[i];
  }
}

// In some trips.
// CHECK-VALUES: sometimes wrt=x at=({1, -2, 3, -4}, 4),({-1}, 1)
void sometimes(double *x, int n) {
  for (int i = 0; i < n; ++i)
    if (x[i] > 0)
      x[i] = std::sqrt(x[i]) + std::sin(x[i]);
    else
      x[i] = std::exp(x[i]);
}

// Less precise in memory than where it was computed.
// CHECK-VALUES: rounded wrt=x at=({1, 2, 3}, 3) precision=float
double rounded(const double *x, int n) {
  std::vector<float> e(n);
  double s = 0;
  for (int i = 0; i < n; ++i) {
    const double v = std::exp(0.5 * x[i]);
    e[i] = static_cast<float>(v);
    s += v * v;
  }
  for (int i = 0; i < n; ++i)
    s += e[i];
  return s;
}

// Each outer trip stores anew.
// CHECK-VALUES: each_outer_trip wrt=x at=({1, 2, 3}, 3, 2),({1}, 1, 3),({1}, 1, 0)
double each_outer_trip(const double *x, int n, int times) {
  std::vector<double> e(n);
  double s = 1;
  for (int t = 0; t < times; ++t)
    for (int i = 0; i < n; ++i) {
      e[i] = std::exp(x[i] * s * 0.1);
      s += e[i] * e[i] * 0.01;
    }
  return s;
}

// The state of a step is kept once for all pairs; the inner loop ends at the outer one's
// counter.
// CHECK-VALUES: pairs wrt=x at=({1, 2, 4}, 3, 2),({1}, 1, 2),({}, 0, 1)
void pairs(double *x, int n, int steps) {
  std::vector<double> a(n);
  for (int t = 0; t < steps; ++t) {
    for (int i = 0; i < n; ++i)
      a[i] = 0;
    for (int i = 0; i < n; ++i)
      for (int j = 0; j < i; ++j) {
        const double d = x[i] - x[j];
        a[i] += 1 / (d * d + 0.5);
        a[j] -= d * d * 0.1;
      }
    for (int i = 0; i < n; ++i)
      x[i] += 0.1 * a[i] * x[i];
  }
}

// The outer loop may have no trip though the inner one has, at places that do not exist.
// CHECK-VALUES: products wrt=w,x at=(rand(6, 1), rand(3, 2), 2, 3, 2),({}, {}, 0, 3, 2),({}, {}, 2, 0, 1)
double products(const double *w, const double *x, int rows, int cols, int times) {
  std::vector<double> h(rows > 0 ? cols : 0);
  for (int j = 0; j < cols && rows > 0; ++j)
    h[j] = x[j];
  double s = 0;
  for (int t = 0; t < times; ++t) {
    for (int i = 0; i < rows; ++i)
      for (int j = 0; j < cols; ++j)
        s += w[i * cols + j] * h[j] * h[j];
    for (std::size_t j = 0; j < h.size(); ++j)
      h[j] *= 0.5 * s;
  }
  return s;
}

// The same with counters that have no sign, and of two types.
// CHECK-VALUES: unsigned_pairs wrt=x at=({1, 2, 4}, 2),({1}, 2),({}, 2)
double unsigned_pairs(std::vector<double> x, int steps) {
  double s = 0;
  for (int t = 0; t < steps; ++t) {
    for (std::size_t i = 0; i < x.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        s += std::cos(x[i] * x[j]);
    for (double &e : x)
      e *= 0.1 * s;
  }
  return s;
}

// CHECK-VALUES: mixed_pairs wrt=x at=({1, 2, 4}, 2),({1}, 2),({}, 2)
double mixed_pairs(std::vector<double> x, int steps) {
  const int n = x.size();
  double s = 0;
  for (int t = 0; t < steps; ++t) {
    for (int i = 0; i < n; ++i)
      for (std::size_t j = 0; j < std::size_t(i); ++j)
        s += std::cos(x[i] * x[j]);
    for (double &e : x)
      e *= 0.1 * s;
  }
  return s;
}
