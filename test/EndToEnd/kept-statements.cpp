// RUN: %check-values %s --values-only > %t.checked
// RUN: adgen %s --function logged,in_a_loop,recursive --wrt x --mode reverse,forward -o %t_grad.cpp -- -std=c++17
// RUN: %clangxx -std=c++17 -DCOUNT_LINES -include %t_grad.h %s %t_grad.cpp -o %t.counts
// RUN: %t.counts 2>&1 | FileCheck %s
// Statements that no derivative is of stay, in callees and loops too: f_grad prints once what f prints.
#include <cassert>
#include <cmath>
#include <cstdio>
#include <iostream>

static double noisy(double x) {
  std::printf("noisy %g\n", x);
  return std::sin(x) * x;
}

// CHECK-VALUES: logged wrt=x at=(0.7),(-2)
double logged(double x) {
  double a = noisy(x);
  std::printf("between\n");
  double b = noisy(a * x);
  return a * b;
}

static void report(double &s, double x) {
  s += x * s;
  std::cerr << "s = " << s << "\n";
}

// CHECK-VALUES: in_a_loop wrt=x at=(0.5, 3),(-0.25, 1),(2, 0)
double in_a_loop(double x, int n) {
  double s = x;
  for (int i = 0; i < n; ++i) {
    report(s, x);
    if (i == 1)
      std::printf("trip %d\n", i);
  }
  return s * x;
}

// CHECK-VALUES: recursive wrt=x at=(0.5, 3),(-0.25, 1),(2, 0)
double recursive(double x, int n) {
  if (n == 0)
    return x;
  std::printf("depth %d\n", n);
  return std::cos(recursive(x * x, n - 1)) * x;
}

static double positive(double x) {
  assert(x > 0);
  return std::sqrt(x);
}

// CHECK-VALUES: asserted wrt=x at=(0.5),(4)
double asserted(double x) {
  assert(x < 100);
  return positive(x) * positive(2 * x);
}

#ifdef COUNT_LINES
int main() {
  std::setbuf(stdout, nullptr);
  std::printf("reverse\n");
  logged_grad(0.5);
  in_a_loop_grad(0.5, 3);
  recursive_grad(0.5, 2);
  std::printf("forward\n");
  logged_jvp(0.5);
  in_a_loop_jvp(0.5, 3);
  recursive_jvp(0.5, 2);
  std::printf("end\n");
}
#endif

// CHECK: reverse
// CHECK-NEXT: noisy 0.5
// CHECK-NEXT: between
// CHECK-NEXT: noisy 0.119856
// CHECK-NEXT: s = 0.75
// CHECK-NEXT: s = 1.125
// CHECK-NEXT: trip 1
// CHECK-NEXT: s = 1.6875
// CHECK-NEXT: depth 2
// CHECK-NEXT: depth 1
// CHECK-NEXT: forward
// CHECK-NEXT: noisy 0.5
// CHECK-NEXT: between
// CHECK-NEXT: noisy 0.119856
// CHECK-NEXT: s = 0.75
// CHECK-NEXT: s = 1.125
// CHECK-NEXT: trip 1
// CHECK-NEXT: s = 1.6875
// CHECK-NEXT: depth 2
// CHECK-NEXT: depth 1
// CHECK-NEXT: end
