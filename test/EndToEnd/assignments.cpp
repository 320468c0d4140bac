// RUN: %check-values %s
// A variable that is overwritten has the adjoint of each of its contents.
#include <cmath>

// CHECK-VALUES: overwritten wrt=x at=(1.5),(-0.5)
double overwritten(double x) {
  double t = std::sin(x);
  double a = t * x;
  t = t * t + a;
  a = a * t;
  t = std::exp(-t);
  x = x * a;
  return t * a + x;
}

// CHECK-VALUES: chained wrt=x,y at=(1.5, 2),(-0.5, 3)
double chained(double x, double y) {
  double a, b, c;
  a = b = c = x * y;
  a *= b += c -= y;
  return a * b * c;
}

// CHECK-VALUES: inside_expressions wrt=q,r,x at=(1.5, 2, 0.5),(-0.5, 3, -2)
double inside_expressions(double q, double r, double x) {
  q *= r += x;
  double s = (x = q * r) + (q - 1);
  return s * q + (r *= 2) * x;
}

// CHECK-VALUES: increments wrt=a,x at=(1.5, 2),(-0.5, 3)
double increments(double a, double x) {
  double s = ++a * x;
  s += a-- * x * x;
  s *= --x + a;
  return s * x++ + a;
}

// CHECK-VALUES: self_assignment wrt=x at=(1.5),(-0.5)
double self_assignment(double x) {
  double y = x * x;
  y = y;
  y += y;
  y *= y;
  y -= y * x;
  y /= 1 + y * y;
  return y;
}

// CHECK-VALUES: zeroed wrt=x,y at=(1.5, 2),(-0.5, 3)
double zeroed(double x, double y) {
  double a = x * y;
  a *= 0;
  a += x;
  double b = a;
  a = 0;
  b -= b;
  return a + b + y * y;
}

// CHECK-VALUES: swap wrt=x,y at=(1.5, 2),(-0.5, 3)
double swap(double x, double y) {
  double t = x;
  x = y;
  y = t;
  return x * x * x + y;
}

// CHECK-VALUES: parameters_reused wrt=x,y at=(1.5, 2),(-0.5, 3)
double parameters_reused(double x, double y) {
  x += y;
  y *= x;
  x = y / (1 + x * x);
  y = x - y;
  return x * y;
}

// CHECK-VALUES: reassigned_twice wrt=x at=(0.7),(-1.2)
double reassigned_twice(double x) {
  double s = 1;
  s = s * x;
  s = s * x + 1;
  s = s * s;
  s = std::log(s + 2) * s;
  return s;
}

// CHECK-VALUES: integer_state wrt=x at=(0.7, 3),(-1.2, -2)
double integer_state(double x, int n) {
  int k = n++;
  k += n *= 2;
  n = (k -= 1, k % 5);
  x *= x * k + n;
  return x * (n = k = 2) + x * x;
}

// CHECK-VALUES: dead_code wrt=x,y at=(0.7, 2),(-1.2, 3)
double dead_code(double x, double y) {
  double unused = std::exp(x);
  double t = x * y;
  t = y;
  unused = t;
  (void)unused;
  return t * y;
}
