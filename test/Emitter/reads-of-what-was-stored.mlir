// RUN: adgen-opt --emit-cpp %s > %t.cpp
// RUN: FileCheck %s < %t.cpp
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror -fsyntax-only %t.cpp
// What is stored or recorded is read there again, unless something else may have been stored there; what is only added if something holds stands in a branch.
// CHECK:      double f_grad(const double *x, double *y, int n, double *x_bar, double *y_bar) {
// CHECK-NEXT:   // Forward sweep.
// CHECK-NEXT:   double s = 0;
// CHECK-NEXT:   std::vector<double> e_tape(std::max(n, 0));
// CHECK-NEXT:   for (int i = 0; i < n; ++i) {
// CHECK-NEXT:     const double x_i = x[i];
// CHECK-NEXT:     e_tape[i] = std::exp(x_i);
// CHECK-NEXT:     s += e_tape[i];
// CHECK-NEXT:     y[i] = std::sin(x_i);
// CHECK-NEXT:     s *= y[i];
// CHECK-NEXT:     const double cos_x_i = std::cos(x_i);
// CHECK-NEXT:     y[i] = cos_x_i;
// CHECK-NEXT:     *y = s;
// CHECK-NEXT:     s *= cos_x_i;
// CHECK-NEXT:   }
// CHECK-EMPTY:
// CHECK-NEXT:   // Reverse sweep.
// CHECK-NEXT:   double s_bar = s;
// CHECK-NEXT:   for (int i = n - 1; i >= 0; --i) {
// CHECK-NEXT:     if (e_tape[i] < s_bar) {
// CHECK-NEXT:       x_bar[i] += s_bar;
// CHECK-NEXT:       s_bar = 0;
// CHECK-NEXT:     } else {
// CHECK-NEXT:       y_bar[i] += e_tape[i];
// CHECK-NEXT:     }
// CHECK-NEXT:   }
// CHECK-NEXT:   return s_bar;
// CHECK-NEXT: }
!int = !ad.int<"int", 32, true>
func.func @f(%x: !ad.place<f64> {ad.local = #ad.local<0, "x", "const double *">, ad.type = "const double *", ad.pass = "pointer", ad.in_memory},
             %y: !ad.place<f64> {ad.local = #ad.local<1, "y", "double *">, ad.type = "double *", ad.pass = "pointer", ad.in_memory, ad.out = -1},
             %n: !int {ad.local = #ad.local<2, "n", "int">, ad.type = "int"},
             %x_bar: !ad.place<f64> {ad.local = #ad.local<10, "x_bar", "double *", true>, ad.role = "adjoint", ad.of = 0 : i64},
             %y_bar: !ad.place<f64> {ad.local = #ad.local<11, "y_bar", "double *", true>, ad.role = "adjoint", ad.of = 1 : i64})
    -> (f64 {ad.member = "n", ad.type = "double"}) attributes {ad.base = "f", ad.derivative = "reverse", ad.name = "f", ad.return_type = "void", ad.suffix = "", ad.wrt = [0]} {
  %0 = ad.constant<0 : i32> : !int
  %1 = ad.constant<1 : i32> : !int
  %fz = ad.constant<0.0 : f64> : f64
  %s0 = ad.let %fz <20, "s", "double"> : f64
  %tape = ad.tape %n : !int <21, "e_tape", "double", true> {clamp} -> !ad.tape<f64>
  %s = ad.for <22, "i", "int"> = %0 lt %n step 1 carry(%s0) : !int, !int, (f64) -> f64 {
  ^bb0(%i: !int, %s1: f64):
    %xi = ad.offset %x, %i : !ad.place<f64>, !int
    %yi = ad.offset %y, %i : !ad.place<f64>, !int
    %2 = ad.load %xi : !ad.place<f64>
    %3 = ad.exp %2 : (f64) -> f64
    ad.record %3, %tape[%i] : f64, !ad.tape<f64>, !int
    %4 = ad.add %s1, %3 : (f64, f64) -> f64
    %5 = ad.let %4 <20, "s", "double"> : f64
    // Read twice behind one store, and behind another one.
    %6 = ad.sin %2 : (f64) -> f64
    ad.store %6, %yi : !ad.place<f64>
    %7 = ad.mul %6, %5 : (f64, f64) -> f64
    %8 = ad.let %7 <20, "s", "double"> : f64
    %9 = ad.cos %2 : (f64) -> f64
    ad.store %9, %yi : !ad.place<f64>
    ad.store %8, %y : !ad.place<f64>
    %10 = ad.mul %9, %8 : (f64, f64) -> f64
    %11 = ad.let %10 <20, "s", "double"> : f64
    ad.yield %11 : f64
  } {locals = [#ad.local<20, "s", "double">]}
  %b0 = ad.let %s <30, "s_bar", "double", true> : f64
  %b = ad.for <22, "i", "int"> = %0 lt %n step 1 reversed carry(%b0) : !int, !int, (f64) -> f64 {
  ^bb0(%i: !int, %m_bar: f64):
    %xb = ad.offset %x_bar, %i : !ad.place<f64>, !int
    %yb = ad.offset %y_bar, %i : !ad.place<f64>, !int
    %e = ad.playback %tape[%i] : !ad.tape<f64>, !int -> f64
    %c = ad.cmp lt %e, %m_bar : f64
    %2 = ad.select %c, %m_bar, %fz : f64
    %3 = ad.select %c, %fz, %m_bar : f64
    %4 = ad.let %3 <30, "s_bar", "double", true> : f64
    ad.accumulate %2, %xb : !ad.place<f64>
    %5 = ad.select %c, %fz, %e : f64
    ad.accumulate %5, %yb : !ad.place<f64>
    ad.yield %4 : f64
  } {locals = [#ad.local<30, "s_bar", "double", true>]}
  ad.return %b : f64
}
