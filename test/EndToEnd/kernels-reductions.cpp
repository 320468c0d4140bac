// RUN: %check-values %s
// Sums over arrays: products, norms, moments.
#include <cmath>

// CHECK-VALUES: dot wrt=x,y at=(rand(5, 1), rand(5, 2), 5),({2}, {3}, 1),({}, {}, 0)
// CHECK-VALUES: dot wrt=x at=(rand(5, 1), rand(5, 2), 5)
// CHECK-VALUES: dot wrt=x,y at=(rand(5, 1), _, 5) alias=y:x
// CHECK-VALUES: dot wrt=x,y at=(rand(7, 1), _, 5) alias=y:x+2
double dot(const double *x, const double *y, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] * y[i];
  return s;
}

// CHECK-VALUES: norm wrt=x at=(rand(5, 1), 5),({-2}, 1)
double norm(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++)
    s += x[i] * x[i];
  return std::sqrt(s);
}

// CHECK-VALUES: scaled_norm wrt=x at=({3, -4, 0.5}, 3),({0, 0, 2}, 3),({-0.25}, 1)
double scaled_norm(const double *x, int n) {
  double scale = 0, sum = 1;
  for (int i = 0; i < n; i++) {
    if (x[i] == 0)
      continue;
    double a = std::fabs(x[i]);
    if (scale < a) {
      sum = 1 + sum * (scale / a) * (scale / a);
      scale = a;
    } else {
      sum += (a / scale) * (a / scale);
    }
  }
  return scale * std::sqrt(sum);
}

// CHECK-VALUES: variance wrt=x at=(rand(6, 1), 6),({1, 3}, 2)
double variance(const double *x, int n) {
  double mean = 0;
  for (int i = 0; i < n; ++i)
    mean += x[i];
  mean /= n;
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += (x[i] - mean) * (x[i] - mean);
  return s / (n - 1);
}

// CHECK-VALUES: geometric_mean wrt=x at=(rand(4, 1, 1, 3), 4),({2}, 1)
double geometric_mean(const double x[], unsigned n) {
  double p = 1;
  for (unsigned i = 0; i < n; ++i)
    p *= x[i];
  return std::pow(p, 1.0 / n);
}

// CHECK-VALUES: axpy wrt=a,x,y at=(0.5, rand(4, 1), rand(4, 2), 4),(2, {}, {}, 0)
// CHECK-VALUES: axpy wrt=a,x,y at=(0.5, _, rand(4, 2), 4) alias=x:y
// CHECK-VALUES: axpy wrt=a,x,y at=(0.5, rand(5, 1), _, 4) alias=y:x+1
void axpy(double a, const double *x, double *y, int n) {
  for (int i = 0; i < n; ++i)
    y[i] += a * x[i];
}

// CHECK-VALUES: polynomial wrt=c,x at=(rand(5, 1), 4, 0.7),({3}, 0, 2)
double polynomial(const double *c, int degree, double x) {
  double p = c[degree];
  for (int i = degree - 1; i >= 0; --i)
    p = p * x + c[i];
  return p;
}

// CHECK-VALUES: strided wrt=x at=(rand(10, 1), 4, 3),({5}, 1, 7)
double strided(const double *x, long count, long stride) {
  double s = 0;
  for (long i = 0; i < count * stride; i += stride)
    s += std::sin(x[i]);
  return s;
}

// CHECK-VALUES: in_floats wrt=x,y at=(rand(4, 1), rand(4, 2), 4)
float in_floats(const float *x, const float *y, int n) {
  float s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] * y[i] * y[i];
  return s;
}
