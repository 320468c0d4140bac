// RUN: adgen-opt --emit-cpp %s > %t.cpp
// RUN: FileCheck %s < %t.cpp
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror -fsyntax-only %t.cpp
// What is loaded has a name where a store to something that may be the same, or an object that a call may change, comes before its use.
// CHECK:      void f_grad(double *x, double *y, float *z, double *__restrict r, int *k, int i,
// CHECK-NEXT:             std::vector<double> &v, double *x_bar) {
// CHECK-NEXT:   const double x_i = x[i];
// CHECK-NEXT:   y[i] = 1;
// CHECK-NEXT:   *y = x_i;
// CHECK-NEXT:   *z = 1;
// CHECK-NEXT:   x_bar[i] += 1;
// CHECK-NEXT:   r[i] = 1;
// CHECK-NEXT:   x[i + 1] = 1;
// CHECK-NEXT:   *y = x[i];
// CHECK-NEXT:   const int k0 = *k;
// CHECK-NEXT:   *k = i;
// CHECK-NEXT:   x[k0] = 1;
// CHECK-NEXT:   v[0] += sum(v);
// CHECK-NEXT:   const double v_i = v[i];
// CHECK-NEXT:   refill(v);
// CHECK-NEXT:   *x = v_i;
// CHECK-NEXT:   *x = v[i];
// CHECK-NEXT:   const double w[3] = {};
// CHECK-NEXT:   x[i] = w[i];
// CHECK-NEXT:   y[i] = w[i];
// CHECK-NEXT:   y[i] = x[i] * x[i];
// CHECK-NEXT:   const double y_i = y[i];
// CHECK-NEXT:   x_bar[i] += y_i;
// CHECK-NEXT:   x_bar[i + 1] += y_i;
// CHECK-NEXT:   const double y_i2 = y[i];
// CHECK-NEXT:   const int k1 = *k;
// CHECK-NEXT:   for (int j = 0; j < k1; ++j) {
// CHECK-NEXT:     y[j] = y_i2;
// CHECK-NEXT:     const int k2 = *k;
// CHECK-NEXT:     for (int l = 0; l < k2; ++l)
// CHECK-NEXT:       *k = l;
// CHECK-NEXT:   }
// CHECK-NEXT: }
!int = !ad.int<"int", 32, true>
!vec = !ad.object<"std::vector<double>", true>
!row = !ad.array<3, f64>
module attributes {ad.declarations = ["void refill(std::vector<double> &v);\0Adouble sum(const std::vector<double> &v);"]} {
func.func private @refill(%v: !ad.place<!vec> {ad.type = "std::vector<double> &", ad.pass = "reference", ad.out = -1, ad.local = #ad.local<0, "v", "std::vector<double> &">})
    -> () attributes {ad.name = "refill", ad.spelling = "refill", ad.return_type = "void"}
func.func private @sum(%v: !ad.place<!vec> {ad.type = "const std::vector<double> &", ad.pass = "reference", ad.local = #ad.local<0, "v", "const std::vector<double> &">})
    -> f64 attributes {ad.name = "sum", ad.spelling = "sum", ad.return_type = "double"}
func.func @f(%x: !ad.place<f64> {ad.local = #ad.local<0, "x", "double *">, ad.type = "double *", ad.pass = "pointer", ad.in_memory, ad.out = -1},
             %y: !ad.place<f64> {ad.local = #ad.local<1, "y", "double *">, ad.type = "double *", ad.pass = "pointer", ad.in_memory, ad.out = -1},
             %z: !ad.place<f32> {ad.local = #ad.local<2, "z", "float *">, ad.type = "float *", ad.pass = "pointer", ad.in_memory, ad.out = -1},
             %r: !ad.place<f64> {ad.local = #ad.local<3, "r", "double *__restrict">, ad.type = "double *__restrict", ad.pass = "pointer", ad.in_memory, ad.out = -1, ad.restrict},
             %k: !ad.place<!int> {ad.local = #ad.local<4, "k", "int *">, ad.type = "int *", ad.pass = "pointer", ad.in_memory, ad.out = -1},
             %i: !int {ad.local = #ad.local<5, "i", "int">, ad.type = "int"},
             %v: !ad.place<!vec> {ad.local = #ad.local<6, "v", "std::vector<double> &">, ad.type = "std::vector<double> &", ad.pass = "reference", ad.in_memory, ad.out = -1},
             %x_bar: !ad.place<f64> {ad.local = #ad.local<10, "x_bar", "double *", true>, ad.role = "adjoint", ad.of = 0 : i64})
    attributes {ad.base = "f", ad.derivative = "reverse", ad.name = "f", ad.return_type = "void", ad.suffix = "", ad.wrt = [0]} {
  %0 = ad.constant<0 : i32> : !int
  %1 = ad.constant<1 : i32> : !int
  %f1 = ad.constant<1.0 : f64> : f64
  %g1 = ad.constant<1.0 : f32> : f32
  %xi = ad.offset %x, %i : !ad.place<f64>, !int
  %yi = ad.offset %y, %i : !ad.place<f64>, !int
  // Another pointer to reals.
  %a0 = ad.load %xi : !ad.place<f64>
  ad.store %f1, %yi : !ad.place<f64>
  ad.store %a0, %y : !ad.place<f64>
  // Reals of another type; a shadow; __restrict; another element.
  %a1 = ad.load %xi : !ad.place<f64>
  ad.store %g1, %z : !ad.place<f32>
  %xbi = ad.offset %x_bar, %i : !ad.place<f64>, !int
  ad.accumulate %f1, %xbi : !ad.place<f64>
  %ri = ad.offset %r, %i : !ad.place<f64>, !int
  ad.store %f1, %ri : !ad.place<f64>
  %i1 = ad.add %i, %1 : (!int, !int) -> !int
  %xi1 = ad.offset %x, %i1 : !ad.place<f64>, !int
  ad.store %f1, %xi1 : !ad.place<f64>
  ad.store %a1, %y : !ad.place<f64>
  // An index.
  %a2 = ad.load %k : !ad.place<!int>
  %xk = ad.offset %x, %a2 : !ad.place<f64>, !int
  ad.store %i, %k : !ad.place<!int>
  ad.store %f1, %xk : !ad.place<f64>
  // A place in a vector that a call may resize, and one that it only reads.
  %vi = ad.access "{0}[{1}]" (%v, %i) : (!ad.place<!vec>, !int) -> !ad.place<f64>
  %v0 = ad.access "{0}[{1}]" (%v, %0) : (!ad.place<!vec>, !int) -> !ad.place<f64>
  %a3 = ad.load %v0 : !ad.place<f64>
  %a4 = ad.call @sum(%v) {ad.read_only = array<i64: 0>} : (!ad.place<!vec>) -> f64
  %a5 = ad.add %a3, %a4 : (f64, f64) -> f64
  ad.store %a5, %v0 : !ad.place<f64>
  %a6 = ad.load %vi : !ad.place<f64>
  ad.call @refill(%v) : (!ad.place<!vec>) -> ()
  ad.store %a6, %x : !ad.place<f64>
  %v2 = ad.access "{0}[{1}]" (%v, %i) : (!ad.place<!vec>, !int) -> !ad.place<f64>
  %a7 = ad.load %v2 : !ad.place<f64>
  ad.store %a7, %x : !ad.place<f64>
  // Read again where nobody can have changed it; a name where the compiler cannot know that.
  %w = ad.var <20, "w", "double[3]"> {init = " = {{}}"} : !ad.place<!row>
  %wi = ad.element %w, %i : !ad.place<!row>, !int -> !ad.place<f64>
  %a8 = ad.load %wi : !ad.place<f64>
  ad.store %a8, %xi : !ad.place<f64>
  ad.store %a8, %yi : !ad.place<f64>
  %a9 = ad.load %xi : !ad.place<f64>
  %a10 = ad.mul %a9, %a9 : (f64, f64) -> f64
  ad.store %a10, %yi : !ad.place<f64>
  %a11 = ad.load %yi : !ad.place<f64>
  ad.accumulate %a11, %xbi : !ad.place<f64>
  %xb1 = ad.offset %x_bar, %i1 : !ad.place<f64>, !int
  ad.accumulate %a11, %xb1 : !ad.place<f64>
  // Not into a loop that writes it.
  %a12 = ad.load %yi : !ad.place<f64>
  %a13 = ad.load %k : !ad.place<!int>
  ad.for <30, "j", "int"> = %0 lt %a13 step 1 carry() : !int, !int, () -> () {
  ^bb0(%j: !int):
    %yj = ad.offset %y, %j : !ad.place<f64>, !int
    ad.store %a12, %yj : !ad.place<f64>
    %kl = ad.load %k : !ad.place<!int>
    ad.for <31, "l", "int"> = %0 lt %kl step 1 carry() : !int, !int, () -> () {
    ^bb1(%l: !int):
      ad.store %l, %k : !ad.place<!int>
      ad.yield
    }
    ad.yield
  }
  ad.return
}
}
