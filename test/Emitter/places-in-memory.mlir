// RUN: adgen-opt --emit-cpp %s | FileCheck %s
// Objects that may be one: loads, stores and accumulations stay in the user's order, and every store stays.
!int = !ad.int<"int", 32, true>
module {
func.func private @bump(%p: !ad.place<f64> {ad.type = "double *", ad.pass = "pointer"}, %q: !ad.place<f64> {ad.type = "const double &", ad.pass = "reference"})
    -> f64 attributes {ad.name = "bump", ad.spelling = "bump", ad.return_type = "double"}

// CHECK:      void f_grad(const double &x, double &y, double *z, double &x_bar, double &y_bar,
// CHECK-NEXT:             double *z_bar) {
func.func @f(%x: !ad.place<f64> {ad.local = #ad.local<0, "x", "double">, ad.type = "const double &", ad.pass = "reference", ad.in_memory},
             %y: !ad.place<f64> {ad.local = #ad.local<1, "y", "double">, ad.type = "double &", ad.pass = "reference", ad.in_memory},
             %z: !ad.place<f64> {ad.local = #ad.local<2, "z", "double">, ad.type = "double *", ad.pass = "pointer", ad.in_memory},
             %x_bar: !ad.place<f64> {ad.local = #ad.local<7, "x_bar", "double", true>, ad.role = "adjoint", ad.of = 0 : i64},
             %y_bar: !ad.place<f64> {ad.local = #ad.local<8, "y_bar", "double", true>, ad.role = "adjoint", ad.of = 1 : i64},
             %z_bar: !ad.place<f64> {ad.local = #ad.local<9, "z_bar", "double", true>, ad.role = "adjoint", ad.of = 2 : i64})
    attributes {ad.base = "f", ad.derivative = "reverse", ad.name = "f",
                ad.return_type = "void", ad.suffix = "", ad.wrt = [0]} {
  // Read before the store, used after it.
  // CHECK-NEXT: const double x0 = x;
  // CHECK-NEXT: y = std::sin(x0);
  // CHECK-NEXT: *z += x0;
  // CHECK-NEXT: *z *= 2;
  // CHECK-NEXT: y += x;
  %0 = ad.load %x : !ad.place<f64>
  %1 = ad.sin %0 : (f64) -> f64
  ad.store %1, %y : !ad.place<f64>
  %2 = ad.load %z : !ad.place<f64>
  %3 = ad.add %2, %0 : (f64, f64) -> f64
  ad.store %3, %z : !ad.place<f64>
  %two = ad.constant<2.0 : f64> : f64
  %4 = ad.load %z : !ad.place<f64>
  %5 = ad.mul %4, %two : (f64, f64) -> f64
  ad.store %5, %z : !ad.place<f64>
  %6 = ad.load %x : !ad.place<f64>
  %7 = ad.load %y : !ad.place<f64>
  %8 = ad.add %6, %7 : (f64, f64) -> f64
  ad.store %8, %y : !ad.place<f64>
  // CHECK-NEXT: const double z_bar0 = *z_bar;
  // CHECK-NEXT: *z_bar = 0;
  // CHECK-NEXT: x_bar += z_bar0;
  // CHECK-NEXT: y_bar -= x0 * z_bar0;
  // CHECK-NEXT: x_bar += y_bar;
  // CHECK-NEXT: y_bar = 0;
  // CHECK-NEXT: y_bar = 0;
  %9 = ad.load %z_bar : !ad.place<f64>
  %zero = ad.constant<0.0 : f64> : f64
  ad.store %zero, %z_bar : !ad.place<f64>
  ad.accumulate %9, %x_bar : !ad.place<f64>
  %10 = ad.mul %0, %9 : (f64, f64) -> f64
  %11 = ad.neg %10 : (f64) -> f64
  ad.accumulate %11, %y_bar : !ad.place<f64>
  %12 = ad.load %y_bar : !ad.place<f64>
  ad.accumulate %12, %x_bar : !ad.place<f64>
  ad.store %zero, %y_bar : !ad.place<f64>
  ad.store %zero, %y_bar : !ad.place<f64>
  // A call that is passed the objects themselves.
  // CHECK-NEXT: const double y0 = y;
  // CHECK-NEXT: *z_bar += bump(z, y) * y0;
  // CHECK-NEXT: bump(&y, *z);
  %13 = ad.load %y : !ad.place<f64>
  %14 = ad.call @bump(%z, %y) : (!ad.place<f64>, !ad.place<f64>) -> f64
  %15 = ad.mul %14, %13 : (f64, f64) -> f64
  ad.accumulate %15, %z_bar : !ad.place<f64>
  %16 = ad.call @bump(%y, %z) : (!ad.place<f64>, !ad.place<f64>) -> f64
  ad.return
}

// CHECK:      double g_jvp(double *y, int n) {
func.func @g(%y: !ad.place<f64> {ad.local = #ad.local<1, "y", "double">, ad.type = "double *", ad.pass = "pointer", ad.in_memory},
             %n: !int {ad.local = #ad.local<2, "n", "int">, ad.type = "int"}) -> (f64 {ad.member = "value"})
    attributes {ad.base = "g", ad.derivative = "forward", ad.name = "g",
                ad.return_type = "double", ad.suffix = "", ad.wrt = []} {
  // A load stays out of a loop that stores, and of what a store precedes.
  // CHECK-NEXT: const double y0 = *y;
  // CHECK-NEXT: for (int i = 0; i < n; ++i)
  // CHECK-NEXT:   *y += y0;
  // CHECK-NEXT: if (n > 3)
  // CHECK-NEXT:   *y = 2;
  // CHECK-NEXT: return y0 + *y;
  %zero = ad.constant<0 : i32> : !int
  %three = ad.constant<3 : i32> : !int
  %0 = ad.load %y : !ad.place<f64>
  ad.for <3, "i", "int"> = %zero lt %n step 1 carry() : !int, !int, () -> () {
  ^bb0(%i: !int):
    %1 = ad.load %y : !ad.place<f64>
    %2 = ad.add %1, %0 : (f64, f64) -> f64
    ad.store %2, %y : !ad.place<f64>
    ad.yield
  }
  %3 = ad.cmp gt %n, %three : !int
  ad.if %3 {
    %two = ad.constant<2.0 : f64> : f64
    ad.store %two, %y : !ad.place<f64>
    ad.yield
  } else {
    ad.yield
  }
  %4 = ad.load %y : !ad.place<f64>
  %5 = ad.add %0, %4 : (f64, f64) -> f64
  ad.return %5 : f64
}
}
