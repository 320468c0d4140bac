// RUN: adgen %s --function f --emit ir-memory | FileCheck %s
// A function or a stateless object that is passed as an argument is known in the
// callee, which is lowered for it and has no argument for it.
struct Decay {
  double operator()(double y) const { return -y; }
};
static double growth(double y) { return y; }
template <class F> double step(F rhs, double y) { return y + rhs(y); }
double call(double (*rhs)(double), double y) { return (*rhs)(y); }
double f(double x) {
  // CHECK: ad.call @"step<Decay>(Decay, double)[object,1]"(%arg0) : (f64) -> f64
  double a = step(Decay(), x);
  // CHECK: ad.call @"step<double (*)(double)>(double (*)(double), double)[growth,1]"(%arg0)
  a += step(growth, x);
  // CHECK: ad.call @"step<(lambda)>((lambda), double)[object,1]"(%arg0)
  // CHECK: ad.call @"f(double)::(lambda)::operator()(double)"(%arg0)
  constexpr double two = 2;
  auto twice = [](double y) { return two * y; };
  a += step(twice, x) + twice(x);
  // CHECK: ad.call @"call(double (*)(double), double)[f(double)::(lambda)::operator(),1]"(%arg0)
  return a + call(twice, x);
}
// CHECK: func.func @"step<Decay>(Decay, double)[object,1]"(%arg0: f64
// CHECK-SAME: ad.call_format = "step<Decay>(Decay{{[{][{][}][}]}}, {0})"
// CHECK: ad.call @"Decay::operator()(double)"
// CHECK: func.func @"step<double (*)(double)>
// CHECK-SAME: ad.call_format = "step<double (*)(double)>(growth, {0})"
// CHECK: ad.call @"growth(double)"
// A lambda has no name outside of the function.
// CHECK: func.func @"step<(lambda)>
// CHECK-NOT: ad.call_format
// CHECK: func.func @"f(double)::(lambda)::operator()(double)"
// CHECK-SAME: ad.base = "twice"
// CHECK-NOT: ad.spelling
// CHECK: ad.constant<2.000000e+00
// CHECK: func.func @"call(
// CHECK: ad.call @"f(double)::(lambda)::operator()(double)"
// CHECK: func.func @"Decay::operator()(double)"
// CHECK-SAME: ad.spelling = "Decay{}"
