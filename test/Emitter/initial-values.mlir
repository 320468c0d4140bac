// RUN: adgen-opt --emit-cpp %s > %t.cpp
// RUN: FileCheck %s < %t.cpp
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror -fsyntax-only %t.cpp
// The first stores to an array are its initializer, if there is one for each element; an array that is only read is const, one that is only written is not there.
// CHECK:      void f_jvp(double x, int i, double *y, double *) {
// CHECK-NEXT:   const double w[3] = {0.5, double(i), x * x};
// CHECK-NEXT:   double m[2][2] = {{[{][{]}}x, 0.5}, {0.5, x}};
// CHECK-NEXT:   m[0][0] = 0.5;
// CHECK-NEXT:   double a[3] = {};
// CHECK-NEXT:   a[0] = 0.5;
// CHECK-NEXT:   double s = x;
// CHECK-NEXT:   double *p = &s;
// CHECK-NEXT:   *p = w[i] * m[1][i] + a[i];
// CHECK-NEXT:   *y -= s;
// CHECK-NEXT:   y[i] *= 0.5;
// CHECK-NEXT: }
!int = !ad.int<"int", 32, true>
!row = !ad.array<3, f64>
!mat = !ad.array<2, !ad.array<2, f64>>
func.func @f(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"},
             %i: !int {ad.local = #ad.local<1, "i", "int">, ad.type = "int"},
             %y: !ad.place<f64> {ad.local = #ad.local<2, "y", "double *">, ad.type = "double *", ad.pass = "pointer", ad.in_memory, ad.out = -1},
             %y_dot: !ad.place<f64> {ad.local = #ad.local<3, "y_dot", "double *", true>, ad.role = "tangent", ad.of = 2 : i64})
    attributes {ad.base = "f", ad.derivative = "forward", ad.name = "f", ad.return_type = "void", ad.suffix = "", ad.wrt = [0]} {
  %0 = ad.constant<0 : i32> : !int
  %1 = ad.constant<1 : i32> : !int
  %2 = ad.constant<2 : i32> : !int
  %half = ad.constant<0.5 : f64> : f64
  %w = ad.var <10, "w", "double[3]"> : !ad.place<!row>
  %w0 = ad.element %w, %0 : !ad.place<!row>, !int -> !ad.place<f64>
  ad.store %half, %w0 : !ad.place<f64>
  %w1 = ad.element %w, %1 : !ad.place<!row>, !int -> !ad.place<f64>
  %r = ad.cast %i : !int to f64
  ad.store %r, %w1 : !ad.place<f64>
  %w2 = ad.element %w, %2 : !ad.place<!row>, !int -> !ad.place<f64>
  %x2 = ad.mul %x, %x : (f64, f64) -> f64
  ad.store %x2, %w2 : !ad.place<f64>
  %m = ad.var <11, "m", "double[2][2]"> : !ad.place<!mat>
  %m0 = ad.element %m, %0 : !ad.place<!mat>, !int -> !ad.place<!ad.array<2, f64>>
  %m1 = ad.element %m, %1 : !ad.place<!mat>, !int -> !ad.place<!ad.array<2, f64>>
  %m00 = ad.element %m0, %0 : !ad.place<!ad.array<2, f64>>, !int -> !ad.place<f64>
  %m01 = ad.element %m0, %1 : !ad.place<!ad.array<2, f64>>, !int -> !ad.place<f64>
  %m10 = ad.element %m1, %0 : !ad.place<!ad.array<2, f64>>, !int -> !ad.place<f64>
  %m11 = ad.element %m1, %1 : !ad.place<!ad.array<2, f64>>, !int -> !ad.place<f64>
  ad.store %x, %m00 : !ad.place<f64>
  ad.store %half, %m01 : !ad.place<f64>
  ad.store %half, %m10 : !ad.place<f64>
  ad.store %x, %m11 : !ad.place<f64>
  ad.store %half, %m00 : !ad.place<f64>
  // The second is only set if something holds.
  %a = ad.var <12, "a", "double[3]"> {init = " = {{}}"} : !ad.place<!row>
  %a0 = ad.element %a, %0 : !ad.place<!row>, !int -> !ad.place<f64>
  ad.store %half, %a0 : !ad.place<f64>
  // Nobody reads it.
  %u = ad.var <13, "u", "double[3]"> : !ad.place<!row>
  %u0 = ad.element %u, %i : !ad.place<!row>, !int -> !ad.place<f64>
  ad.store %half, %u0 : !ad.place<f64>
  %s = ad.var <14, "s", "double"> : !ad.place<f64>
  ad.store %x, %s : !ad.place<f64>
  %p = ad.let %s <15, "p", "double *"> : !ad.place<f64>
  %wi = ad.element %w, %i : !ad.place<!row>, !int -> !ad.place<f64>
  %mi = ad.element %m1, %i : !ad.place<!ad.array<2, f64>>, !int -> !ad.place<f64>
  %ai = ad.element %a, %i : !ad.place<!row>, !int -> !ad.place<f64>
  %3 = ad.load %wi : !ad.place<f64>
  %4 = ad.load %mi : !ad.place<f64>
  %5 = ad.load %ai : !ad.place<f64>
  %6 = ad.mul %3, %4 : (f64, f64) -> f64
  %7 = ad.add %6, %5 : (f64, f64) -> f64
  ad.store %7, %p : !ad.place<f64>
  %8 = ad.load %s : !ad.place<f64>
  %9 = ad.load %y : !ad.place<f64>
  %10 = ad.sub %9, %8 : (f64, f64) -> f64
  ad.store %10, %y : !ad.place<f64>
  %yi = ad.offset %y, %i : !ad.place<f64>, !int
  %11 = ad.load %yi : !ad.place<f64>
  %12 = ad.mul %11, %half : (f64, f64) -> f64
  ad.store %12, %yi : !ad.place<f64>
  ad.return
}
