// RUN: %check-values %s
// Each operation is done in the precision in which C++ does it.
#include <cmath>

// CHECK-VALUES: single wrt=x,y at=(1.5f, 2.25f),(-0.5f, 3)
float single(float x, float y) { return x * x * y + std::sin(x) / y - 0.1f * x; }

// CHECK-VALUES: extended wrt=x,y at=(1.5L, 2.25L),(-0.5L, 3)
long double extended(long double x, long double y) { return x * std::exp(y * 0.1L) - x / 3 + 0.1L * y; }

// CHECK-VALUES: mixed wrt=a,b,c at=(1.5f, 2.25, 0.5L),(-0.5f, 3, -2)
double mixed(float a, double b, long double c) { return static_cast<double>(a * b * c + a / b - c * c); }

// CHECK-VALUES: float_of_double wrt=x at=(1.5),(-0.75) precision=float
double float_of_double(double x) {
  float y = static_cast<float>(x * x);
  y *= 1.1;
  return y * x;
}

// CHECK-VALUES: computed_in_double wrt=f,d at=(1.5f, 2.2),(-0.5f, 0.3)
float computed_in_double(float f, double d) {
  f *= d;
  f += 1 / d;
  f -= f * d * 0.5;
  return f;
}

// CHECK-VALUES: float_functions wrt=x at=(1.5f),(0.25f)
float float_functions(float x) { return sinf(x) * std::exp(x) + std::sqrt(x) + powf(x, 1.5f) + std::pow(x, 2); }

// CHECK-VALUES: long_functions wrt=x at=(1.5L),(0.25L)
long double long_functions(long double x) { return sinl(x) * std::exp(x) + sqrtl(x) + std::pow(x, 1.5L); }

// CHECK-VALUES: through_integers wrt=x at=(2.73),(-3.44) step=0x1p-9
double through_integers(double x) {
  int n = x;
  long m = static_cast<long>(x * 10);
  return n * x + m * x * x + int(x) % 2 + (unsigned char)(x * x);
}

// CHECK-VALUES: narrow_integers wrt=x at=(1.5, 100, 200),(2, -100, 7)
double narrow_integers(double x, signed char c, unsigned char u) {
  short s = c + u;
  c += u;
  return x * s + x * x * c + x * (c * u) + u / 2 * x;
}

// CHECK-VALUES: wide_integers wrt=x at=(1.5, 5000000000, 3),(2, -1, 0)
double wide_integers(double x, long long n, unsigned m) { return x * n + x * x * (m - 1u) + (n < m) * x; }

using Real = double;
typedef float Small;

// CHECK-VALUES: aliases wrt=x,y at=(1.5, 0.5f),(2, -3)
Real aliases(Real x, Small y) {
  const auto product = x * y;
  constexpr Real half = 0.5;
  const Small sum = y + y;
  return product * half + sum * x;
}
