// RUN: %check-values %s
// RUN: %check-values %s --adgen "adgen --disable-pass=ad-minimum-cut"
// RUN: %check-values %s --adgen "adgen --disable-pass=ad-fuse-sweeps --disable-pass=ad-trim-trips"
// RUN: adgen %s -o - | FileCheck %s
// RUN: adgen %s -o - --disable-pass=ad-minimum-cut | FileCheck %s --check-prefix=EACH
// What loops read again and again in trips that nobody can count ahead is kept once.
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

// Layers of different sizes.
// CHECK-LABEL: void layers_grad(
// CHECK:       std::vector<unsigned long> h_size_tape(
// CHECK-NOT:   h_size_tape2
// CHECK:       h_size_tape[l] = h.size();
// CHECK:       std::vector<double> h_before(h.size());
// CHECK:         h_tape.push_back(h[i]);
// CHECK-NEXT:    h_before[i] = h[i];
// CHECK:       for (std::size_t i = 0; i < next.size(); ++i)
// CHECK-NEXT:    for (std::size_t j = 0; j < h_before.size(); ++j)
// CHECK-NEXT:      next[i] += std::sin(W[l] * h_before[j] + i);
// CHECK-NOT:   push_back
// EACH-LABEL:  void layers_grad(
// EACH-NOT:    h_before
// EACH:        for (std::size_t j = 0; j < h.size(); ++j) {
// EACH:          h_tape.push_back(h[j]);
// CHECK-VALUES: layers wrt=W,x at=({0.3, -1, 2}, {0.4, 0.1}),({1}, {2, 0.5, 1}),({}, {1, 2}),({0.2, 0.4}, {})
double layers(const std::vector<double> &W, const std::vector<double> &x) {
  std::vector<double> h = x;
  for (std::size_t l = 0; l < W.size(); ++l) {
    std::vector<double> next(h.size() + l % 2);
    for (std::size_t i = 0; i < next.size(); ++i)
      for (std::size_t j = 0; j < h.size(); ++j)
        next[i] += std::sin(W[l] * h[j] + i);
    h = std::move(next);
  }
  double s = 0;
  for (double e : h)
    s += e * e;
  return s;
}

// Until it converges; the loops behind read the copy, too, up to where the vector changes.
// CHECK-LABEL: {{^[a-z_]*}} relaxed_grad(
// CHECK:       std::vector<double> x_before(x.size());
// CHECK:       change += (next[i] - x_before[i]) * (next[i] - x_before[i]);
// CHECK:       std::swap(x, next);
// CHECK:       // Reverse sweep.
// CHECK-VALUES: relaxed wrt=A,b at=({4, 0.3, 0.5, 5}, {1, 0.3}, 1e-4),({6, 0.3, 0.5, 1, 4, 2, 0.1, 0.2, 7}, {1, 0.3, 2}, 1e-3),({}, {}, 1)
double relaxed(const std::vector<double> &A, const std::vector<double> &b, double limit) {
  const std::size_t n = b.size();
  std::vector<double> x(n), next(n);
  double change = 2 * limit, weight = 1;
  while (change > limit) {
    change = 0;
    for (std::size_t i = 0; i < n; ++i) {
      double s = b[i];
      for (std::size_t j = 0; j < n; ++j)
        if (j != i)
          s -= A[i * n + j] * x[j];
      next[i] = s / A[i * n + i];
      change += (next[i] - x[i]) * (next[i] - x[i]);
    }
    for (std::size_t i = 0; i < n; ++i)
      weight += 0.1 * x[i] * next[i];
    std::swap(x, next);
  }
  for (double e : x)
    weight += e * e;
  return weight;
}

// Arrays.
// CHECK-LABEL: {{^[a-z_]*}} power_grad(
// CHECK:       double v_before[3];
// CHECK:       for (int i = 0; i < 3; ++i) {
// CHECK-NEXT:    v_tape.push_back(v[i]);
// CHECK-VALUES: power wrt=A at=({2, 0.3, 0.1, 0.5, 3, 1, 0.2, 0.4, 5}, 1e-3),({7, 0.3, 0.1, 0.5, 1, 1, 0.2, 0.4, 2}, 1e-5)
double power(const double *A, double limit) {
  double v[3] = {1, 0.5, 0.25};
  double lambda = 0, before = 1e9;
  while (std::abs(lambda - before) > limit) {
    before = lambda;
    double w[3];
    for (int i = 0; i < 3; ++i) {
      w[i] = 0;
      for (int j = 0; j < 3; ++j)
        w[i] += A[i * 3 + j] * v[j];
    }
    lambda = 0;
    for (int i = 0; i < 3; ++i)
      lambda += v[i] * w[i];
    for (int i = 0; i < 3; ++i)
      v[i] = w[i] / std::sqrt(w[0] * w[0] + w[1] * w[1] + w[2] * w[2]);
  }
  return lambda;
}

// CHECK-LABEL: void of_std_arrays_grad(
// CHECK:       std::array<double, 2> v_before;
// CHECK-VALUES: of_std_arrays wrt=A at=({2, 0.3, 0.1, 0.5}),({0.3, 7, 0.1, 0.5})
double of_std_arrays(const std::array<double, 4> &A) {
  std::array<double, 2> v = {1, 0.5};
  double lambda = 1;
  for (int step = 0;; ++step) {
    std::array<double, 2> w = {};
    for (int i = 0; i < 2; ++i)
      for (int j = 0; j < 2; ++j)
        w[i] += A[i * 2 + j] * v[j];
    const double norm = std::sqrt(w[0] * w[0] + w[1] * w[1]);
    if (std::abs(norm - lambda) < 1e-3 || step > 5)
      return norm;
    lambda = norm;
    for (int i = 0; i < 2; ++i)
      v[i] = w[i] / norm;
  }
}

// It changes between two readings: two copies.
// CHECK-LABEL: void changed_between_grad(
// CHECK:       h_before(h.size());
// CHECK:       h[0] = t;
// CHECK:       h_before2(h.size());
// CHECK-VALUES: changed_between wrt=A at=({0.3, -1, 2, 0.7}, 3),({0.5}, 2),({0.4, 0.6}, 0)
double changed_between(const std::vector<double> &A, int count) {
  std::vector<double> h(2, 0.5);
  for (int l = 0; l < count; ++l) {
    std::vector<double> g(h.size() + 1);
    for (std::size_t i = 0; i < g.size(); ++i)
      for (std::size_t j = 0; j < h.size(); ++j)
        g[i] += std::sin(A[(i + j + l) % A.size()] * h[j]);
    h[0] = g[0] * h[1];
    for (std::size_t i = 0; i < g.size(); ++i)
      for (std::size_t j = 0; j < h.size(); ++j)
        g[i] *= 1 + 0.1 * A[j % A.size()] * h[j] * h[0];
    h.push_back(h[0] * g[1]);
    h = g;
  }
  double s = 0;
  for (double e : h)
    s += e * e;
  return s;
}

// Each trip reads what the one before it has written: there is nothing to copy.
// CHECK-LABEL: {{^[a-z_]*}} gauss_seidel_grad(
// CHECK-NOT:   x_before
// CHECK-VALUES: gauss_seidel wrt=A,b at=({4, 0.3, 0.5, 5}, {1, 0.3}, 1e-3),({6, 0.3, 0.5, 1, 4, 2, 0.1, 0.2, 7}, {1, 0.3, 2}, 1e-3)
double gauss_seidel(const std::vector<double> &A, const std::vector<double> &b, double limit) {
  const std::size_t n = b.size();
  std::vector<double> x(n);
  double change = 2 * limit;
  while (change > limit) {
    change = 0;
    for (std::size_t i = 0; i < n; ++i) {
      double s = b[i];
      for (std::size_t j = 0; j < n; ++j)
        if (j != i)
          s -= A[i * n + j] * x[j];
      change += std::abs(s / A[i * n + i] - x[i]);
      x[i] = s / A[i * n + i];
    }
  }
  double r = 0;
  for (double e : x)
    r += e * e;
  return r;
}

// What inner loops read again and again of one element.
// CHECK-LABEL: outer_products_grad(
// CHECK:       u_before[i] = u[i];
// CHECK:       s += A[i * n + j] * u_before[i] * u_before[j];
// CHECK-VALUES: outer_products wrt=A at=({0.2, 0.3, 0.1, 0.5}, 2, 0.7),({0.2, 0.3, 0.1, 0.5, 0.3, 1, 0.2, 0.4, 0.5}, 3, 1),({}, 0, 0.1)
double outer_products(const std::vector<double> &A, int n, double limit) {
  std::vector<double> u(n, 1.0);
  double s = 1 + limit, sum = 0;
  for (int step = 0; step < 9; ++step) {
    s = 0;
    for (int i = 0; i < n; ++i)
      for (int j = 0; j < n; ++j)
        s += A[i * n + j] * u[i] * u[j];
    sum += 0.1 * s;
    for (int i = 0; i < n; ++i)
      u[i] = 1 / (1 + 0.1 * u[i] * s);
    if (sum > limit)
      break;
  }
  return sum;
}
