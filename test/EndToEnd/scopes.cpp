// RUN: %check-values %s
// Variables of one name, several declarators, commas, names that the tool would like to use.
#include <cmath>

// CHECK-VALUES: shadowed wrt=x at=(1.5),(-0.5)
double shadowed(double x) {
  double y = x * x;
  {
    double y = x;
    y *= y + 1;
    {
      double x = y * y;
      y += x;
    }
    x = y;
  }
  for (int y = 0; y < 2; ++y) {
    double z = x * y;
    x += z;
  }
  return x * y;
}

// CHECK-VALUES: declarators wrt=x at=(1.5),(-0.5)
double declarators(double x) {
  double a = x, b = a * a, c(b + a), d{c * x};
  const double e = (a += 1, b *= a, a * b);
  return a + b * c + d * e;
}

// CHECK-VALUES: wanted_names wrt=x,x_bar,seed at=(1.5, 2, 3),(-0.5, 0.25, -2)
double wanted_names(double x, double x_bar, double seed) {
  double t = x * x_bar, t_bar = t * seed, x_tape = t_bar, trips = 1, f = 2;
  for (int k = 0; k < 3; ++k) {
    x_tape *= x * trips;
    trips += f * x_bar;
  }
  double value = x_tape * t, result = value + trips, x_dot = result * seed;
  return x_dot + t_bar;
}

// CHECK-VALUES: value_and_dot wrt=value,dot at=(1.5, 2),(-0.5, 0.25)
double value_and_dot(double value, double dot) { return value * dot * dot; }

// CHECK-VALUES: same_as_function wrt=same at=(1.5, 2),(-0.5, 0.25)
double same_as_function(double same, double same_as_function) { return same * same * same_as_function; }

// CHECK-VALUES: unnamed wrt=x at=(1.5, 2, 3)
double unnamed(double x, double, int) { return x * x; }

// CHECK-VALUES: defaulted wrt=x,y at=(1.5, 2, 3)
double defaulted(double x, double y = 2.5, int n = 4) { return x * y * y * n; }

// CHECK-VALUES: const_parameter wrt=x,n at=(1.5, 2)
double const_parameter(const double x, const double n) {
  double s = 0;
  for (int i = 0; i < 3; ++i)
    s += x * n * i;
  return s * s;
}

constexpr double kRate = 0.25;
static const int kSteps = 3;
enum { kOffset = 7 };

// CHECK-VALUES: named_constants wrt=x at=(1.5)
double named_constants(double x) { return x * x * kRate + kSteps * x + kOffset + M_PI * x; }

namespace outer {
namespace inner {
constexpr double scale = 3;
// CHECK-VALUES: outer::inner::scaled wrt=x at=(1.5),(2)
double scaled(double x) { return x * x * scale; }
} // namespace inner
} // namespace outer

// CHECK-VALUES: with_static wrt=x at=(1.5),(2)
static double with_static(double x) { return x * std::tanh(x); }

// CHECK-VALUES: with_inline wrt=x at=(1.5),(2)
inline double with_inline(double x) noexcept { return x * std::cos(x); }
