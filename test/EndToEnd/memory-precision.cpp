// RUN: %check-values %s
// Arrays of every floating type, and of several at once.
#include <cmath>

// CHECK-VALUES: of_floats wrt=x at=(rand(3, 1), 3)
void of_floats(float *x, int n) {
  for (int i = 1; i < n; ++i)
    x[i] = x[i] * x[i - 1] + 0.5f;
}

// CHECK-VALUES: of_long_doubles wrt=x at=(rand(3, 1), 3)
long double of_long_doubles(const long double *x, int n) {
  long double s = 1;
  for (int i = 0; i < n; ++i)
    s *= std::exp(x[i]) + x[i];
  return s;
}

// CHECK-VALUES: narrowed wrt=x,y at=(rand(3, 1), {9, 9, 9}, 3) precision=float
void narrowed(const double *x, float *y, int n) {
  for (int i = 0; i < n; ++i)
    y[i] = static_cast<float>(x[i] * x[i]);
}

// CHECK-VALUES: summed_wide wrt=x at=(rand(4, 1), 4) precision=float
float summed_wide(const float *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += double(x[i]) * x[i];
  return float(s);
}

// CHECK-VALUES: integers_between wrt=x at=(rand(3, 1), {1, 2, 3}, 3)
double integers_between(const double *x, const int *k, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] * k[i] / n;
  return s;
}
