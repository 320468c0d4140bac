// RUN: %check-values %s
// Operators keep their grouping, their integer parts and their sign.
#include "Inputs/enums.h"
#include <cmath>

// CHECK-VALUES: grouping wrt=a,b,c at=(2, 3, 5),(-1, 0.5, 4)
double grouping(double a, double b, double c) {
  return a - (b - c) - (a - (-b)) / (c / (a / b)) - -c * -(a + b);
}

// CHECK-VALUES: quotients wrt=a,b at=(2, 3),(-1.5, 0.25)
double quotients(double a, double b) { return a / b / a * b / (a * b) - 1 / (1 / a); }

// CHECK-VALUES: integer_division wrt=x at=(1.5, 7, 2),(-2, -7, 2),(0.5, 1, 3)
double integer_division(double x, int n, int m) {
  return n / m * x + 1 / 2 * x + x * (n % m) + 1.0 / 2 * x * x;
}

// CHECK-VALUES: unsigned_wrap wrt=x at=(1.5, 3u),(2, 0u)
double unsigned_wrap(double x, unsigned n) { return (n - 1 > n ? 2.0 : 3.0) * x * x + (n - 2u) % 7 * x; }

// CHECK-VALUES: bits wrt=x at=(1.5, 6, 3),(-0.5, 12, 1)
double bits(double x, int n, int k) { return ((n & k) | 4) * x * x + ((n ^ k) << 2) * x + (~n >> 1); }

// CHECK-VALUES: same_many_times wrt=x at=(1.25),(-2)
double same_many_times(double x) { return x * x * x * x - x * x / x + x + x + x; }

// CHECK-VALUES: cancels wrt=x,y at=(1.25, 2),(-2, 0.5)
double cancels(double x, double y) { return x - x + y * (x - x) + (x - y) * (x + y); }

// CHECK-VALUES: unary wrt=x at=(1.25),(-2)
double unary(double x) { return -(-x) * +x - -(-(-x)) + !(x > 0) * x * x; }

// CHECK-VALUES: large_and_small wrt=x,y at=(1e150, 1e-150),(3e-200, 2e100)
double large_and_small(double x, double y) { return (x * y) * (x * y); }

// CHECK-VALUES: powers wrt=x,p at=(2.5, 3),(0.5, -1.5),(3, 0.5)
double powers(double x, double p) { return std::pow(x, p) + std::pow(x, 2) - std::pow(2.0, p) + std::pow(x, -1); }

// CHECK-VALUES: nested_calls wrt=x,y at=(0.7, 1.3),(-0.4, 0.2)
double nested_calls(double x, double y) {
  return std::exp(std::sin(x * std::cos(y)) - std::log(1 + std::exp(x * y))) * std::sqrt(x * x + y * y);
}

// CHECK-VALUES: booleans wrt=x at=(0.7, true, false),(2, false, true)
double booleans(double x, bool p, bool q) { return p * x + (p != q) * x * x + (p & q) - (p | q) * x; }

// CHECK-VALUES: enums wrt=x at=(0.7, Shape::Square, Heavy),(2, Shape::Round, Light)
double enums(double x, Shape s, Weight w) {
  return x * x * static_cast<int>(s) + x * w + (s == Shape::Round ? x * x * x : Light);
}

// CHECK-VALUES: characters wrt=x at=(0.7, 'c'),(2, 'A')
double characters(double x, char c) { return x * (c - 'a') + x * x * (c >= 'a' && c <= 'z'); }
