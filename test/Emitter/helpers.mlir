// RUN: adgen-opt --emit-cpp %s | FileCheck %s
// Derivatives of callees: local functions before their callers, named after the primal, several results in a struct.
module attributes {ad.taken_names = ["ns::k_gradient"]} {
// CHECK:      namespace {
// CHECK:      // Adjoint of square (foo.cpp:3).
// CHECK-NEXT: double square_grad(double x, double seed) { return 2 * x * seed; }
func.func private @square.grad(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "const double &", ad.pass = "reference"},
                               %seed: f64 {ad.local = #ad.local<9, "seed", "double", true>, ad.type = "double", ad.role = "seed"})
    -> (f64 {ad.member = "x", ad.type = "double"})
    attributes {ad.base = "square", ad.derivative = "reverse", ad.helper, ad.name = "square",
                ad.file = "foo.cpp", ad.line = 3 : i64, ad.return_type = "double", ad.wrt = [0]} {
  %two = ad.constant<2.0 : f64> : f64
  %0 = ad.mul %two, %x : (f64, f64) -> f64
  %1 = ad.mul %0, %seed : (f64, f64) -> f64
  ad.return %1 : f64
}
// CHECK:      } // namespace
// CHECK:      namespace ns {
// CHECK:      namespace {
// CHECK:      struct k_and_gradient {
// CHECK-NEXT:   real value;
// CHECK-NEXT:   real x;
// CHECK-NEXT:   double y;
// CHECK-NEXT: };
// CHECK:      // Value and partial derivatives of ns::k (foo.cpp:5).
// CHECK-NEXT: k_and_gradient k_and_grad(real x, double y) {
// CHECK-NEXT:   return {x * y, ::square_grad(y, x), x};
// CHECK-NEXT: }
func.func private @k.and(%x: f64 {ad.local = #ad.local<0, "x", "real">, ad.type = "real"},
                         %y: f64 {ad.local = #ad.local<1, "y", "double">, ad.type = "double *", ad.pass = "pointer"})
    -> (f64 {ad.member = "value", ad.type = "real"}, f64 {ad.member = "x", ad.type = "real"}, f64 {ad.member = "y"})
    attributes {ad.base = "k", ad.derivative = "value-and-partials", ad.helper, ad.name = "ns::k", ad.namespace = ["ns"],
                ad.file = "foo.cpp", ad.line = 5 : i64, ad.return_type = "double", ad.wrt = [0, 1]} {
  %0 = ad.mul %x, %y : (f64, f64) -> f64
  %1 = ad.call @square.grad(%y, %x) : (f64, f64) -> f64
  ad.return %0, %1, %x : f64, f64, f64
}
// Two adjoints of one function. The user has a struct k_gradient in ns.
// CHECK:      struct k_gradient2 {
// CHECK:      k_gradient2 k_grad(double x, double y, double seed) {
func.func private @k.grad(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"},
                          %y: f64 {ad.local = #ad.local<1, "y", "double">, ad.type = "double"},
                          %seed: f64 {ad.local = #ad.local<9, "seed", "double", true>, ad.type = "double", ad.role = "seed"})
    -> (f64 {ad.member = "x", ad.type = "double"}, f64 {ad.member = "y", ad.type = "double"})
    attributes {ad.base = "k", ad.derivative = "reverse", ad.helper, ad.name = "ns::k", ad.namespace = ["ns"], ad.wrt = [0, 1]} {
  %0 = ad.mul %x, %seed : (f64, f64) -> f64
  %1 = ad.mul %y, %seed : (f64, f64) -> f64
  ad.return %1, %0 : f64, f64
}
// CHECK:      // a lambda (foo.cpp:9).
// CHECK-NEXT: double callee(double x) { return x + 1; }
// CHECK:      double k_grad_y(double x, double, double seed) { return x * seed; }
// CHECK-NOT:  unused
func.func private @k.grad.y(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"},
                            %y: f64 {ad.local = #ad.local<1, "y", "double">, ad.type = "double"},
                            %seed: f64 {ad.local = #ad.local<9, "seed", "double", true>, ad.type = "double", ad.role = "seed"})
    -> (f64 {ad.member = "y", ad.type = "double"})
    attributes {ad.base = "k", ad.derivative = "reverse", ad.helper, ad.name = "ns::k", ad.namespace = ["ns"], ad.wrt = [1]} {
  %1 = ad.mul %x, %seed : (f64, f64) -> f64
  ad.return %1 : f64
}
// Nobody calls it.
func.func private @unused() attributes {ad.base = "unused", ad.derivative = "reverse", ad.helper, ad.name = "unused", ad.wrt = []} {
  ad.return
}
// A function of the user's that has no name elsewhere is printed from its body.
func.func private @lambda(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "const double"}) -> f64
    attributes {ad.base = "callee", ad.name = "a lambda", ad.file = "foo.cpp", ad.line = 9 : i64, ad.return_type = "double"} {
  %one = ad.constant<1.0 : f64> : f64
  %0 = ad.add %x, %one : (f64, f64) -> f64
  ad.return %0 : f64
}

// CHECK:      /// Adjoint of f.
// CHECK:      double f_grad(double k, double w, double seed = 1.0) {
func.func @f(%x: f64 {ad.local = #ad.local<0, "k", "double">, ad.type = "double"},
             %w: f64 {ad.local = #ad.local<1, "w", "double">, ad.type = "double"},
             %seed: f64 {ad.local = #ad.local<9, "seed", "double", true>, ad.type = "double", ad.role = "seed", ad.default = "1"})
    -> (f64 {ad.member = "x"})
    attributes {ad.base = "f", ad.derivative = "reverse", ad.name = "f",
                ad.return_type = "double", ad.suffix = "", ad.wrt = [0]} {
  // CHECK-NEXT: const ns::k_and_gradient k2 = ns::k_and_grad(k, w);
  // CHECK-NEXT: const double y = k2.value;
  // CHECK-NEXT: double x_bar = k2.x * seed;
  %0:3 = ad.call @k.and(%x, %w) : (f64, f64) -> (f64, f64, f64)
  %y = ad.let %0#0 <2, "y", "double"> : f64
  %1 = ad.mul %0#1, %seed : (f64, f64) -> f64
  %x_bar = ad.let %1 <3, "x_bar", "double", true> : f64
  // One of the adjoints alone needs no variable.
  // CHECK-NEXT: x_bar += ns::k_grad(y, w, k2.y).x;
  // CHECK-NEXT: const ns::k_gradient2 grad = ns::k_grad(w, y, seed);
  // CHECK-NEXT: return x_bar + callee(ns::k_grad_y(y, w, grad.x)) + grad.y;
  %2:2 = ad.call @k.grad(%y, %w, %0#2) : (f64, f64, f64) -> (f64, f64)
  %3 = ad.add %x_bar, %2#0 : (f64, f64) -> f64
  %x_bar2 = ad.let %3 <3, "x_bar", "double", true> : f64
  %4:2 = ad.call @k.grad(%w, %y, %seed) : (f64, f64, f64) -> (f64, f64)
  %5 = ad.call @k.grad.y(%y, %w, %4#0) : (f64, f64, f64) -> f64
  %6 = ad.call @lambda(%5) : (f64) -> f64
  %7 = ad.add %x_bar2, %6 : (f64, f64) -> f64
  %8 = ad.add %7, %4#1 : (f64, f64) -> f64
  ad.return %8 : f64
}
}
