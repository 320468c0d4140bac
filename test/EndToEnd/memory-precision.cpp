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

// Adjoints of what a wider type adds to stay as they are.
// CHECK-VALUES: added_wider wrt=x2,x4 at=(0.5, 0.7, 2),(0.5, 3, 3)
void added_wider(float &x2, float &x4, int n) {
      for (int j = 0; j < n; ++j) {
        for (unsigned i7 = 3; i7-- > 0;) {
          x2 -= 1.5 * std::tanh(3.0);
          if (x4 <= 1.0) {
            x2 = std::cos(x4);
            x4 = 0.25 * x2;
          } else {
            x4 *= 0.5;
          }
        }
        if (x2 > 0.5)
          break;
      }
    }

// A variable is rounded to a narrower type and stays as wide.
// CHECK-VALUES: rounded wrt=x at=(1.3, 1),(-0.7, 0.1)
double rounded(double x, double y) {
  double t = std::sqrt(1.0 + y * y);
  t = static_cast<float>(t);
  return x * t;
}
