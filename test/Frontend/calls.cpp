// RUN: adgen %s --function f --emit ir-memory | FileCheck %s
// A function that is called is lowered too, once, whatever kind of function it is; an
// overload or an instance of a template is a function of its own.
namespace {
double twice(double x) { return x + x; }
} // namespace
namespace ns {
inline double g(double x) { return twice(x); }
static double g(float x) { return twice(x); }
constexpr double square(double x) { return x * x; }
template <class T> T sum(T x) { return x; }
template <class T, class... Rest> T sum(T x, Rest... rest) {
  return x + sum(rest...);
}
template <double (*F)(double)> double apply(double x) { return F(x); }
} // namespace ns
double f(double x, float y) {
  // CHECK: [[G:%.*]] = ad.call @"ns::g(double)"(%arg0) : (f64) -> f64
  // CHECK: ad.call @"ns::square(double)"([[G]])
  // CHECK: ad.call @"ns::g(float)"(%arg1) : (f32) -> f64
  double a = ns::square(ns::g(x)) + ns::g(y);
  // CHECK: ad.call @"ns::sum<double, double, float>(double, double, float)"
  a += ns::sum(a, x, y);
  // CHECK: ad.call @"ns::apply<&ns::square>(double)"(%arg0)
  a += ns::apply<ns::square>(x);
  // CHECK: [[T:%.*]] = ad.call @"twice(double)"(%arg0)
  // CHECK: [[C:%.*]] = ad.cmp gt [[T]]
  // CHECK: ad.if [[C]]
  if (twice(x) > 1)
    a *= 2;
  return a;
}
// CHECK: func.func @"ns::g(double)"
// CHECK-SAME: ad.base = "g"
// CHECK-SAME: ad.name = "ns::g", ad.namespace = ["ns"], ad.return_type = "double", ad.spelling = "ns::g"
// CHECK-NOT: ad.requests
// CHECK-COUNT-1: func.func @"twice(double)"
// CHECK: func.func @"ns::sum<double, float>(double, float)"
// CHECK-SAME: ad.spelling = "ns::sum<double, float>"
