// RUN: adgen %s --function f --emit ir-memory | FileCheck %s
// A function with a derivative of its own gets arrays as places, and so does its rule.
#define ADGEN_DERIVATIVE_OF(g) [[clang::annotate("adgen::derivative_of(" #g ")")]]
double dot(const double *x, const double *y, int n);
ADGEN_DERIVATIVE_OF(dot)
void dot_grad(const double *x, const double *y, int n, double *x_bar, double *y_bar, double seed);
double length(const double *x);
ADGEN_DERIVATIVE_OF(length) void length_grad(const double *x, double *x_bar, double seed);
double f(const double *x, int n) {
  double a = x[0];
  // CHECK: ad.call @"dot(const double *, const double *, int)[memory,memory,2]"(%arg0, {{%.*}}, %arg1) : (!ad.place<f64>, !ad.place<f64>,
  // CHECK: ad.call @"length(const double *)"({{%.*}}) : (f64) -> f64
  return dot(x, x + 1, n) + length(&a);
}
// CHECK: func.func private @"rule dot_grad of dot(const double *, const double *, int)[memory,memory,2]"(
// CHECK-SAME: !ad.place<f64> {ad.in_memory, ad.local = #ad.local<0, "x", "double">, ad.parameter = 0 : i64
// CHECK-SAME: !ad.place<f64> {ad.in_memory, ad.local = #ad.local<3, "x_bar", "double", true>, ad.of = 0 : i64, ad.out = -1 : i64, ad.pass = "pointer", ad.role = "adjoint", ad.type = "double *"}
// CHECK: func.func private @"rule length_grad of length(const double *)"(f64
