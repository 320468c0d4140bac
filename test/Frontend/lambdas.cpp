// RUN: adgen %s --emit ir | FileCheck %s
// A lambda's call operator gets what is captured behind its parameters: a copy that was made with the lambda, or the
// variable.

// CHECK-LABEL: func.func @"f(double, double)"
// CHECK-SAME: %[[X:.*]]: f64 {ad.local = #ad.local<0, "x"{{.*}} %[[A:.*]]: f64 {ad.local = #ad.local<1, "a"
double f(double x, double a) {
  // CHECK: %[[S:.*]] = ad.let {{.*}} "s"
  double s = 0;
  auto add = [a, &s](double v) { s += a * v; };
  a = 2;
  // CHECK: ad.call @"f(double, double)::(lambda)::operator()(double, double, double &)"(%[[X]], %[[A]], %[[S]])
  // CHECK-SAME: ties = array<i64: -1, -1, 0>
  add(x);
  return s;
}
// CHECK: func.func @"f(double, double)::(lambda)::operator()(double, double, double &)"
// CHECK-SAME: "v"{{.*}} "a"{{.*}} "s"
