// RUN: adgen-opt --emit-cpp %s > %t.cpp
// RUN: FileCheck %s < %t.cpp
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror -fsyntax-only %t.cpp
// A row forward and backwards: what the output holds is read again, the adjoint before it is zeroed.
// CHECK:      void layer_grad(const double *__restrict W, const double *__restrict b,
// CHECK-NEXT:                 const double *__restrict x, double *__restrict y, int rows,
// CHECK-NEXT:                 int cols, double *__restrict W_bar, double *__restrict b_bar,
// CHECK-NEXT:                 double *__restrict x_bar, double *__restrict y_bar) {
// CHECK-NEXT:   for (int i = 0; i < rows; ++i) {
// CHECK-NEXT:     double a = b[i];
// CHECK-NEXT:     for (int j = 0; j < cols; ++j)
// CHECK-NEXT:       a += W[i * cols + j] * x[j];
// CHECK-NEXT:     y[i] = std::tanh(a);
// CHECK-EMPTY:
// CHECK-NEXT:     // y[i] = std::tanh(a)
// CHECK-NEXT:     const double a_bar = (1 - y[i] * y[i]) * y_bar[i];
// CHECK-NEXT:     y_bar[i] = 0;
// CHECK-NEXT:     for (int j = 0; j < cols; ++j) {
// CHECK-NEXT:       // a += W[i * cols + j] * x[j]
// CHECK-NEXT:       W_bar[i * cols + j] += x[j] * a_bar;
// CHECK-NEXT:       x_bar[j] += W[i * cols + j] * a_bar;
// CHECK-NEXT:     }
// CHECK-NEXT:     // a = b[i]
// CHECK-NEXT:     b_bar[i] += a_bar;
// CHECK-NEXT:   }
// CHECK-NEXT: }
!int = !ad.int<"int", 32, true>
#s1 = loc(fused<#ad.stmt<1, "a = b[i]">>["f.cpp":7:1])
#d1 = loc(fused<#ad.stmt<1, "a = b[i]", true>>["f.cpp":7:1])
#s2 = loc(fused<#ad.stmt<2, "a += W[i * cols + j] * x[j]">>["f.cpp":8:1])
#d2 = loc(fused<#ad.stmt<2, "a += W[i * cols + j] * x[j]", true>>["f.cpp":8:1])
#s3 = loc(fused<#ad.stmt<3, "y[i] = std::tanh(a)">>["f.cpp":9:1])
#d3 = loc(fused<#ad.stmt<3, "y[i] = std::tanh(a)", true>>["f.cpp":9:1])
func.func @layer(%W: !ad.place<f64> {ad.local = #ad.local<0, "W", "const double *__restrict">, ad.type = "const double *__restrict", ad.pass = "pointer", ad.in_memory, ad.restrict},
                 %b: !ad.place<f64> {ad.local = #ad.local<1, "b", "const double *__restrict">, ad.type = "const double *__restrict", ad.pass = "pointer", ad.in_memory, ad.restrict},
                 %x: !ad.place<f64> {ad.local = #ad.local<2, "x", "const double *__restrict">, ad.type = "const double *__restrict", ad.pass = "pointer", ad.in_memory, ad.restrict},
                 %y: !ad.place<f64> {ad.local = #ad.local<3, "y", "double *__restrict">, ad.type = "double *__restrict", ad.pass = "pointer", ad.in_memory, ad.restrict, ad.out = -1},
                 %rows: !int {ad.local = #ad.local<4, "rows", "int">, ad.type = "int"},
                 %cols: !int {ad.local = #ad.local<5, "cols", "int">, ad.type = "int"},
                 %W_bar: !ad.place<f64> {ad.local = #ad.local<10, "W_bar", "double *", true>, ad.role = "adjoint", ad.of = 0 : i64, ad.type = "const double *__restrict"},
                 %b_bar: !ad.place<f64> {ad.local = #ad.local<11, "b_bar", "double *", true>, ad.role = "adjoint", ad.of = 1 : i64},
                 %x_bar: !ad.place<f64> {ad.local = #ad.local<12, "x_bar", "double *", true>, ad.role = "adjoint", ad.of = 2 : i64},
                 %y_bar: !ad.place<f64> {ad.local = #ad.local<13, "y_bar", "double *", true>, ad.role = "adjoint", ad.of = 3 : i64})
    attributes {ad.base = "layer", ad.derivative = "reverse", ad.name = "layer", ad.return_type = "void", ad.suffix = "", ad.wrt = [0, 1, 2]} {
  %zero = ad.constant<0 : i32> : !int
  %one = ad.constant<1.0 : f64> : f64
  %fz = ad.constant<0.0 : f64> : f64
  ad.for <20, "i", "int"> = %zero lt %rows step 1 carry() : !int, !int, () -> () {
  ^bb0(%i: !int):
    %bi = ad.offset %b, %i : !ad.place<f64>, !int
    %0 = ad.load %bi : !ad.place<f64> loc(#s1)
    %a0 = ad.let %0 <21, "a", "double"> : f64 loc(#s1)
    %r = ad.mul %i, %cols : (!int, !int) -> !int
    %a = ad.for <22, "j", "int"> = %zero lt %cols step 1 carry(%a0) : !int, !int, (f64) -> f64 {
    ^bb1(%j: !int, %s: f64):
      %k = ad.add %r, %j : (!int, !int) -> !int
      %w = ad.offset %W, %k : !ad.place<f64>, !int
      %1 = ad.load %w : !ad.place<f64> loc(#s2)
      %xj = ad.offset %x, %j : !ad.place<f64>, !int
      %2 = ad.load %xj : !ad.place<f64> loc(#s2)
      %3 = ad.mul %1, %2 : (f64, f64) -> f64 loc(#s2)
      %4 = ad.add %s, %3 : (f64, f64) -> f64 loc(#s2)
      %5 = ad.let %4 <21, "a", "double"> : f64 loc(#s2)
      ad.yield %5 : f64
    } {locals = [#ad.local<21, "a", "double">]}
    %yi = ad.offset %y, %i : !ad.place<f64>, !int
    %6 = ad.tanh %a : (f64) -> f64 loc(#s3)
    ad.store %6, %yi : !ad.place<f64> loc(#s3)
    %ybi = ad.offset %y_bar, %i : !ad.place<f64>, !int loc(#d3)
    %7 = ad.load %ybi : !ad.place<f64> loc(#d3)
    ad.store %fz, %ybi : !ad.place<f64> loc(#d3)
    %y1 = ad.load %yi : !ad.place<f64> loc(#d3)
    %8 = ad.mul %y1, %y1 : (f64, f64) -> f64 loc(#d3)
    %9 = ad.sub %one, %8 : (f64, f64) -> f64 loc(#d3)
    %10 = ad.mul %9, %7 : (f64, f64) -> f64 loc(#d3)
    %a_bar = ad.let %10 <30, "a_bar", "double", true> : f64 loc(#d3)
    ad.for <22, "j", "int"> = %zero lt %cols step 1 carry() : !int, !int, () -> () {
    ^bb1(%j: !int):
      %k = ad.add %r, %j : (!int, !int) -> !int
      %w = ad.offset %W, %k : !ad.place<f64>, !int
      %wb = ad.offset %W_bar, %k : !ad.place<f64>, !int
      %xb = ad.offset %x_bar, %j : !ad.place<f64>, !int
      %xj = ad.offset %x, %j : !ad.place<f64>, !int
      %11 = ad.load %xj : !ad.place<f64> loc(#d2)
      %12 = ad.mul %11, %a_bar : (f64, f64) -> f64 loc(#d2)
      %13 = ad.load %w : !ad.place<f64> loc(#d2)
      %14 = ad.mul %13, %a_bar : (f64, f64) -> f64 loc(#d2)
      ad.accumulate %12, %wb : !ad.place<f64> loc(#d2)
      ad.accumulate %14, %xb : !ad.place<f64> loc(#d2)
      ad.yield
    }
    %bb = ad.offset %b_bar, %i : !ad.place<f64>, !int
    ad.accumulate %a_bar, %bb : !ad.place<f64> loc(#d1)
    ad.yield
  }
  ad.return
}
