// RUN: adgen-opt --emit-cpp %s > %t.cpp
// RUN: FileCheck %s < %t.cpp
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror -fsyntax-only %t.cpp
// Pointers that may overlap: what a store might change is read before it; other elements of the same pointer are others.
// CHECK:      void prefix_grad(const double *x, int n, double *p, double *x_bar,
// CHECK-NEXT:                  double *p_bar) {
// CHECK-NEXT:   // Forward sweep.
// CHECK-NEXT:   p[0] = x[0];
// CHECK-NEXT:   for (int i = 1; i < n; ++i)
// CHECK-NEXT:     p[i] = p[i - 1] * x[i];
// CHECK-EMPTY:
// CHECK-NEXT:   // Reverse sweep.
// CHECK-NEXT:   for (int i = n - 1; i >= 1; --i) {
// CHECK-NEXT:     // p[i] = p[i - 1] * x[i]
// CHECK-NEXT:     const double t_bar = p_bar[i];
// CHECK-NEXT:     p_bar[i] = 0;
// CHECK-NEXT:     x_bar[i] += p[i - 1] * t_bar;
// CHECK-NEXT:     p_bar[i - 1] += x[i] * t_bar;
// CHECK-NEXT:   }
// CHECK-NEXT:   // p[0] = x[0]
// CHECK-NEXT:   const double t_bar = p_bar[0];
// CHECK-NEXT:   p_bar[0] = 0;
// CHECK-NEXT:   x_bar[0] += t_bar;
// CHECK-NEXT: }
!int = !ad.int<"int", 32, true>
#d1 = loc(fused<#ad.stmt<1, "p[0] = x[0]", true>>["f.cpp":7:1])
#s1 = loc(fused<#ad.stmt<1, "p[0] = x[0]">>["f.cpp":7:1])
#d2 = loc(fused<#ad.stmt<2, "p[i] = p[i - 1] * x[i]", true>>["f.cpp":8:1])
#s2 = loc(fused<#ad.stmt<2, "p[i] = p[i - 1] * x[i]">>["f.cpp":8:1])
func.func @prefix(%x: !ad.place<f64> {ad.local = #ad.local<0, "x", "const double *">, ad.type = "const double *", ad.pass = "pointer", ad.in_memory},
                  %n: !int {ad.local = #ad.local<1, "n", "int">, ad.type = "int"},
                  %p: !ad.place<f64> {ad.local = #ad.local<2, "p", "double *">, ad.type = "double *", ad.pass = "pointer", ad.in_memory, ad.out = -1},
                  %x_bar: !ad.place<f64> {ad.local = #ad.local<10, "x_bar", "double *", true>, ad.role = "adjoint", ad.of = 0 : i64},
                  %p_bar: !ad.place<f64> {ad.local = #ad.local<11, "p_bar", "double *", true>, ad.role = "adjoint", ad.of = 2 : i64})
    attributes {ad.base = "prefix", ad.derivative = "reverse", ad.name = "prefix", ad.return_type = "void", ad.suffix = "", ad.wrt = [0]} {
  %zero = ad.constant<0 : i32> : !int
  %one = ad.constant<1 : i32> : !int
  %fz = ad.constant<0.0 : f64> : f64
  %x0 = ad.offset %x, %zero : !ad.place<f64>, !int
  %p0 = ad.offset %p, %zero : !ad.place<f64>, !int
  %0 = ad.load %x0 : !ad.place<f64> loc(#s1)
  ad.store %0, %p0 : !ad.place<f64> loc(#s1)
  ad.for <22, "i", "int"> = %one lt %n step 1 carry() : !int, !int, () -> () {
  ^bb1(%i: !int):
    %im = ad.sub %i, %one : (!int, !int) -> !int
    %pm = ad.offset %p, %im : !ad.place<f64>, !int
    %pi = ad.offset %p, %i : !ad.place<f64>, !int
    %xi = ad.offset %x, %i : !ad.place<f64>, !int
    %1 = ad.load %pm : !ad.place<f64> loc(#s2)
    %2 = ad.load %xi : !ad.place<f64> loc(#s2)
    %3 = ad.mul %1, %2 : (f64, f64) -> f64 loc(#s2)
    ad.store %3, %pi : !ad.place<f64> loc(#s2)
    ad.yield
  }
  ad.for <22, "i", "int"> = %one lt %n step 1 reversed carry() : !int, !int, () -> () {
  ^bb1(%i: !int):
    %im = ad.sub %i, %one : (!int, !int) -> !int
    %pbm = ad.offset %p_bar, %im : !ad.place<f64>, !int
    %pbi = ad.offset %p_bar, %i : !ad.place<f64>, !int
    %xbi = ad.offset %x_bar, %i : !ad.place<f64>, !int
    %pm = ad.offset %p, %im : !ad.place<f64>, !int
    %xi = ad.offset %x, %i : !ad.place<f64>, !int
    %t = ad.load %pbi : !ad.place<f64> loc(#d2)
    %1 = ad.load %pm : !ad.place<f64> loc(#d2)
    %2 = ad.mul %1, %t : (f64, f64) -> f64 loc(#d2)
    %3 = ad.load %xi : !ad.place<f64> loc(#d2)
    %4 = ad.mul %3, %t : (f64, f64) -> f64 loc(#d2)
    ad.store %fz, %pbi : !ad.place<f64> loc(#d2)
    ad.accumulate %2, %xbi : !ad.place<f64> loc(#d2)
    ad.accumulate %4, %pbm : !ad.place<f64> loc(#d2)
    ad.yield
  }
  %xb0 = ad.offset %x_bar, %zero : !ad.place<f64>, !int
  %pb0 = ad.offset %p_bar, %zero : !ad.place<f64>, !int
  %5 = ad.load %pb0 : !ad.place<f64> loc(#d1)
  ad.store %fz, %pb0 : !ad.place<f64> loc(#d1)
  ad.accumulate %5, %xb0 : !ad.place<f64> loc(#d1)
  ad.return
}
