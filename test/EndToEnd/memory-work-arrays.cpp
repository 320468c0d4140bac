// RUN: %check-values %s
// RUN: %check-values %s --adgen "adgen --disable-pass=ad-fuse-sweeps"
// Work arrays outside of a loop: of which a trip reads only what it wrote, and others.
#include <array>
#include <cmath>
#include <memory>
#include <vector>

// CHECK-VALUES: own wrt=x at=(rand(6, 1), 2, 3),({}, 0, 3),({}, 2, 0)
double own(const double *x, int n, int k) {
  std::vector<double> w(k);
  double s = 0;
  for (int i = 0; i < n; ++i) {
    for (int c = 0; c < k; ++c)
      w[c] = x[i * k + c] * x[i * k + c];
    for (int c = 0; c < k; ++c)
      s += std::sin(w[c]) * w[k - 1 - c];
  }
  return s;
}

// The last element is that of an earlier trip.
// CHECK-VALUES: left_over wrt=x at=(rand(6, 1), 2, 3),({1, 2}, 2, 1)
double left_over(const double *x, int n, int k) {
  std::vector<double> w(k);
  w[k - 1] = x[0];
  double s = 0;
  for (int i = 0; i < n; ++i) {
    for (int c = 0; c + 1 < k; ++c)
      w[c] = x[i * k + c] * x[i * k + c];
    for (int c = 0; c < k; ++c)
      s += std::sin(w[c]) * w[0];
    w[k - 1] *= s;
  }
  return s;
}

// CHECK-VALUES: sometimes wrt=x at=({1, -2, 3, -1, 2, -3}, 3, 2),({-1, 2}, 1, 2)
double sometimes(const double *x, int n, int k) {
  std::vector<double> w(k, 1.0);
  double s = 0;
  for (int i = 0; i < n; ++i) {
    for (int c = 0; c < k; ++c)
      if (x[i * k + c] > 0)
        w[c] = x[i * k + c] * x[i * k + c];
    for (int c = 0; c < k; ++c)
      s += w[c] * w[0];
  }
  return s;
}

// CHECK-VALUES: used_behind wrt=x at=(rand(6, 1), 2, 3)
double used_behind(const double *x, int n, int k) {
  std::vector<double> w(k);
  double s = 0;
  for (int i = 0; i < n; ++i) {
    for (int c = 0; c < k; ++c)
      w[c] = x[i * k + c] * s + 1;
    for (int c = 0; c < k; ++c)
      s += w[c] * w[0];
  }
  return s * w[k - 1];
}

// CHECK-VALUES: of_the_trip_before wrt=x at=(rand(6, 1), 2, 3)
double of_the_trip_before(const double *x, int n, int k) {
  std::unique_ptr<double[]> w(new double[k]());
  double s = 0;
  for (int i = 0; i < n; ++i) {
    for (int c = 0; c < k; ++c)
      s += x[i * k + c] * w[c];
    for (int c = 0; c < k; ++c)
      w[c] = x[i * k + c] * (s + 1);
  }
  return s;
}

// Rows and columns, and a triangle that is read.
// CHECK-VALUES: rows wrt=x at=(rand(8, 1), 2, 2),({}, 0, 2)
double rows(const double *x, int n, int k) {
  std::vector<double> a(k * k);
  double t[2], s = 0;
  for (int i = 0; i < n; ++i) {
    for (int r = 0; r < k; ++r)
      for (int c = 0; c < k; ++c)
        a[r * k + c] = std::exp(x[(i * k + r) * k + c]);
    for (int r = 0; r < k; ++r)
      for (int c = 0; c < r; ++c)
        s += a[r * k + c] * a[c * k + r];
    t[0] = s * x[i];
    t[1] = t[0] * s;
    s = t[1] + t[0] * a[0];
  }
  return s;
}

// A row is written, but not the one that is read.
// CHECK-VALUES: other_rows wrt=x at=(rand(8, 1), 2, 2)
double other_rows(const double *x, int n, int k) {
  std::vector<double> a(k * k, 0.5);
  double s = 1;
  for (int i = 0; i < n; ++i) {
    for (int c = 0; c < k; ++c)
      a[(i % k) * k + c] = x[i * k + c] * s;
    for (int c = 0; c < k * k; ++c)
      s += a[c] * x[c];
  }
  return s;
}

// Written and read in one loop, in nested trips.
// CHECK-VALUES: nested wrt=x at=(rand(12, 1), 2, 2, 3)
double nested(const double *x, int n, int m, int k) {
  std::vector<double> w(k), v(m);
  double s = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < m; ++j) {
      for (int c = 0; c < k; ++c) {
        w[c] = x[(i * m + j) * k + c];
        w[c] *= w[c];
      }
      double p = 1;
      for (double e : w)
        p *= e + 1;
      v[j] = p;
    }
    for (double e : v)
      s += std::log(e) * v[0];
  }
  return s;
}

// CHECK-VALUES: backwards wrt=x at=(rand(6, 1), 2, 3)
double backwards(const double *x, int n, int k) {
  std::array<double, 3> w{};
  double s = 0;
  for (int i = 0; i < n; ++i) {
    for (int c = 2; c >= 0; --c)
      w[c] = x[i * k + c] + (c < 2 ? w[c + 1] * x[0] : 0);
    s += w[0] * w[2];
  }
  return s;
}

// Every other element.
// CHECK-VALUES: strided wrt=x at=(rand(8, 1), 2, 4)
double strided(const double *x, int n, int k) {
  std::vector<double> w(k);
  double s = 1;
  for (int i = 0; i < n; ++i) {
    for (int c = 0; c < k; c += 2)
      w[c] = x[i * k + c] * s;
    for (int c = 0; c < k; ++c)
      s += w[c] * x[c];
    for (int c = 1; c < k; c += 2)
      w[c] = s * x[c];
  }
  return s;
}

// A trip that leaves the inner loop early.
// CHECK-VALUES: left_early wrt=x at=({1, 2, -1, 3, 1, 2}, 2, 3),({1, 2, 3, 3, 1, -2}, 2, 3)
double left_early(const double *x, int n, int k) {
  std::vector<double> w(k);
  double s = 1;
  for (int i = 0; i < n; ++i) {
    for (int c = 0; c < k; ++c) {
      if (x[i * k + c] < 0)
        break;
      w[c] = x[i * k + c] * s;
    }
    for (int c = 0; c < k; ++c)
      s += w[c] * w[c];
  }
  return s;
}

// What is written by a loop that may have no trip is that of an earlier trip.
// CHECK-VALUES: perhaps_no_trip wrt=x at=({1, 2}, 3),({1, 2}, 1),({1, 2}, 0)
double perhaps_no_trip(const double *x, int n) {
  double w[2] = {}, s = 0;
  for (int i = 0; i < n; ++i) {
    for (int r = i; r < 1; ++r)
      for (int c = 0; c < 2; ++c)
        w[c] = x[c] * x[c];
    for (int c = 0; c < 2; ++c)
      s += w[c] * w[c];
  }
  return s;
}
