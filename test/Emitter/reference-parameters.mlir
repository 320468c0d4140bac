// RUN: adgen-opt --emit-cpp %s | FileCheck %s
// Parameters by reference and pointer are the caller's objects: their final contents are assigned before every return.
module {
// void f(const double &x, double &y, double *out) { *out = x * y; y = sin(y); }
// CHECK:      /// Adjoint of f (foo.cpp:3).
// CHECK-NEXT: /// Adds to x_bar. On entry y_bar and out_bar are the adjoints of the final
// CHECK-NEXT: /// contents, on exit of the initial ones.
// CHECK-NEXT: void f_grad(const double &x, double &y, double *__restrict out, double &x_bar,
// CHECK-NEXT:             double &y_bar, double *__restrict out_bar) {
func.func @f(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "const double &", ad.pass = "reference"},
             %y: f64 {ad.local = #ad.local<1, "y", "double">, ad.type = "double &", ad.pass = "reference", ad.out = 0 : i64},
             %out: f64 {ad.local = #ad.local<2, "out", "double">, ad.type = "double *__restrict", ad.pass = "pointer", ad.out = 1 : i64},
             %x_bar: !ad.place<f64> {ad.local = #ad.local<7, "x_bar", "double", true>, ad.role = "adjoint", ad.of = 0 : i64},
             %y_bar: f64 {ad.local = #ad.local<8, "y_bar", "double", true>, ad.role = "adjoint", ad.of = 1 : i64, ad.out = 2 : i64},
             %out_bar: f64 {ad.local = #ad.local<9, "out_bar", "double", true>, ad.role = "adjoint", ad.of = 2 : i64, ad.out = 3 : i64})
    -> (f64, f64, f64, f64)
    attributes {ad.base = "f", ad.derivative = "reverse", ad.name = "f", ad.file = "foo.cpp", ad.line = 3 : i64,
                ad.return_type = "void", ad.suffix = "", ad.wrt = [0, 1]} {
  // CHECK-NEXT: *out = x * y;
  // CHECK-NEXT: x_bar += y * *out_bar;
  // CHECK-NEXT: y_bar = std::cos(y) * y_bar + x * *out_bar;
  // CHECK-NEXT: y = std::sin(y);
  // CHECK-NEXT: *out_bar = 0;
  // CHECK-NEXT: }
  %0 = ad.mul %x, %y : (f64, f64) -> f64
  %1 = ad.let %0 <2, "out", "double"> : f64
  %2 = ad.sin %y : (f64) -> f64
  %3 = ad.let %2 <1, "y", "double"> : f64
  %4 = ad.mul %y, %out_bar : (f64, f64) -> f64
  ad.accumulate %4, %x_bar : !ad.place<f64>
  %5 = ad.cos %y : (f64) -> f64
  %6 = ad.mul %5, %y_bar : (f64, f64) -> f64
  %7 = ad.mul %x, %out_bar : (f64, f64) -> f64
  %8 = ad.add %6, %7 : (f64, f64) -> f64
  %zero = ad.constant<0.0 : f64> : f64
  ad.return %3, %1, %8, %zero : f64, f64, f64, f64
}

// double g(double x, double &y): what is returned was computed of the content before.
// CHECK:      /// Returns the adjoint of x.
// CHECK-NEXT: /// On entry y_bar is the adjoint of y's final content, on exit of its initial
// CHECK-NEXT: /// one.
// CHECK-NEXT: double g_grad(double x, double &y, double &y_bar, double seed = 1.0) {
func.func @g(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"},
             %y: f64 {ad.local = #ad.local<1, "y", "double">, ad.type = "double &", ad.pass = "reference", ad.out = 1 : i64},
             %y_bar: f64 {ad.local = #ad.local<8, "y_bar", "double", true>, ad.type = "double &", ad.role = "adjoint", ad.of = 1 : i64, ad.out = 2 : i64},
             %seed: f64 {ad.local = #ad.local<9, "seed", "double", true>, ad.type = "double", ad.role = "seed", ad.default = "1"})
    -> (f64 {ad.member = "x"}, f64, f64)
    attributes {ad.base = "g", ad.derivative = "reverse", ad.name = "g",
                ad.return_type = "double", ad.suffix = "", ad.wrt = [0, 1]} {
  %zero = ad.constant<0.0 : f64> : f64
  %0 = ad.cmp lt %x, %zero : f64
  // CHECK-NEXT: if (x < 0) {
  // CHECK-NEXT:   const double t_bar = y * seed;
  // CHECK-NEXT:   y *= x;
  // CHECK-NEXT:   y_bar = 0;
  // CHECK-NEXT:   return t_bar;
  // CHECK-NEXT: }
  // CHECK-NEXT: y = 3;
  // CHECK-NEXT: return y_bar;
  %1:3 = ad.if %0 -> f64, f64, f64 {
    %2 = ad.mul %y, %seed : (f64, f64) -> f64
    %3 = ad.mul %y, %x : (f64, f64) -> f64
    ad.yield %2, %3, %zero : f64, f64, f64
  } else {
    %three = ad.constant<3.0 : f64> : f64
    ad.yield %y_bar, %three, %y_bar : f64, f64, f64
  }
  ad.return %1#0, %1#1, %1#2 : f64, f64, f64
}

// CHECK:      /// Tangent of h.
// CHECK-NEXT: /// Returns the value of h and its derivative along (a_dot, b_dot).
// CHECK-NEXT: /// On entry and on exit, b_dot is the tangent of *b.
// CHECK-NEXT: h_dual h_jvp(const double &a, double *b, const double &a_dot, double *b_dot) {
func.func @h(%a: f64 {ad.local = #ad.local<0, "a", "double">, ad.type = "const double &", ad.pass = "reference"},
             %b: f64 {ad.local = #ad.local<1, "b", "double">, ad.type = "double *", ad.pass = "pointer", ad.out = 2 : i64},
             %a_dot: f64 {ad.local = #ad.local<2, "a_dot", "double", true>, ad.type = "const double &", ad.role = "tangent", ad.of = 0 : i64},
             %b_dot: f64 {ad.local = #ad.local<3, "b_dot", "double", true>, ad.type = "double *", ad.role = "tangent", ad.of = 1 : i64, ad.out = 3 : i64})
    -> (f64 {ad.member = "value"}, f64 {ad.member = "dot"}, f64, f64)
    attributes {ad.base = "h", ad.derivative = "forward", ad.name = "h",
                ad.return_type = "double", ad.suffix = "", ad.wrt = [0, 1]} {
  // What it does not change is not written to.
  // CHECK-NEXT: const double u = a * a;
  // CHECK-NEXT: *b += u;
  // CHECK-NEXT: *b_dot += 2 * a * a_dot;
  // CHECK-NEXT: return {u, *b_dot};
  %0 = ad.mul %a, %a : (f64, f64) -> f64
  %u = ad.let %0 <4, "u", "double"> : f64
  %1 = ad.add %b, %u : (f64, f64) -> f64
  %2 = ad.let %1 <1, "b", "double"> : f64
  %two = ad.constant<2.0 : f64> : f64
  %3 = ad.mul %two, %a : (f64, f64) -> f64
  %4 = ad.mul %3, %a_dot : (f64, f64) -> f64
  %5 = ad.add %b_dot, %4 : (f64, f64) -> f64
  %6 = ad.let %5 <3, "b_dot", "double", true> : f64
  ad.return %u, %6, %2, %6 : f64, f64, f64, f64
}
}
