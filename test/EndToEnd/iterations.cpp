// RUN: %check-values %s
// Programs that run until they have converged, as people write them.
#include <cmath>
#include <limits>

// CHECK-VALUES: bond_yield wrt=price,coupon at=(95, 4, 10),(103, 5, 4) roundings=1000
double bond_yield(double price, double coupon, int years) {
  double y = 0.05;
  for (int iteration = 0; iteration < 50; ++iteration) {
    double value = 0, slope = 0, discount = 1;
    for (int t = 1; t <= years; ++t) {
      discount /= 1 + y;
      double flow = coupon + (t == years ? 100 : 0);
      value += flow * discount;
      slope -= t * flow * discount / (1 + y);
    }
    double step = (value - price) / slope;
    y -= step;
    if (std::fabs(step) < 1e-13)
      break;
  }
  return y;
}

// CHECK-VALUES: agm wrt=a,b at=(1, 0.3),(5, 2)
double agm(double a, double b) {
  while (std::fabs(a - b) > 1e-14 * a) {
    double mean = 0.5 * (a + b);
    b = std::sqrt(a * b);
    a = mean;
  }
  return a;
}

// CHECK-VALUES: bouncing wrt=height,restitution,g at=(2, 0.8, 9.81),(1, 0.5, 3)
double bouncing(double height, double restitution, double g) {
  double v = std::sqrt(2 * g * height);
  double time = v / g;
  while (v > 0.5) {
    v *= restitution;
    time += 2 * v / g;
  }
  return time;
}

// CHECK-VALUES: gamma_series wrt=a,x at=(2.5, 1.2),(1.7, 2)
// The terms of the derivative by a cancel to a tenth here.
// CHECK-VALUES: gamma_series wrt=a,x at=(0.7, 3) roundings=1000
double gamma_series(double a, double x) {
  double sum = 1 / a, term = sum;
  for (int n = 1; n <= 1000; n++) {
    term *= x / (a + n);
    sum += term;
    if (std::fabs(term) < std::fabs(sum) * std::numeric_limits<double>::epsilon())
      break;
  }
  return sum * std::exp(-x + a * std::log(x) - std::lgamma(a));
}

// CHECK-VALUES: fibonacci_like wrt=a,b at=(1, 1, 10),(2, -0.5, 1),(2, 3, 0)
double fibonacci_like(double a, double b, int n) {
  while (n--) {
    double next = a + b * 0.5;
    a = b;
    b = next;
  }
  return b * b / (1 + a * a);
}

// CHECK-VALUES: adaptive wrt=x,rate at=(1, 0.7),(0.3, 2)
double adaptive(double x, double rate) {
  double t = 0, h = 0.5;
  while (t < 1) {
    if (t + h > 1)
      h = 1 - t;
    double full = x - h * rate * x * x;
    double half = x - 0.5 * h * rate * x * x;
    half -= 0.5 * h * rate * half * half;
    if (std::fabs(full - half) > 0.01) {
      h *= 0.5;
      continue;
    }
    t += h;
    x = 2 * half - full;
  }
  return x;
}
