// RUN: adgen-opt --emit-cpp %s | FileCheck %s
// Helpers that call each other: prototypes first, with the struct that they return.
!int = !ad.int<"int", 32, true>
module {
// CHECK:      namespace {
// CHECK:      struct odd_dual {
// CHECK-NEXT:   double value;
// CHECK-NEXT:   double dot;
// CHECK-NEXT: };
// CHECK:      odd_dual odd_jvp(double x, int n, double x_dot);
// CHECK-NOT:  namespace
// CHECK:      // Tangent of even.
// CHECK-NEXT: double even_jvp(double x, int n, double x_dot) {
// CHECK-NEXT:   if (n <= 0)
// CHECK-NEXT:     return x_dot;
// CHECK-NEXT:   const odd_dual result = odd_jvp(x, n - 1, x_dot);
// CHECK-NEXT:   return result.value * result.dot;
// CHECK-NEXT: }
func.func private @even(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"},
                        %n: !int {ad.local = #ad.local<1, "n", "int">, ad.type = "int"},
                        %x_dot: f64 {ad.local = #ad.local<9, "x_dot", "double", true>, ad.type = "double", ad.role = "tangent"})
    -> (f64 {ad.member = "dot", ad.type = "double"})
    attributes {ad.base = "even", ad.derivative = "forward", ad.helper, ad.name = "even", ad.wrt = [0]} {
  %zero = ad.constant<0 : i32> : !int
  %one = ad.constant<1 : i32> : !int
  %0 = ad.cmp le %n, %zero : !int
  %1 = ad.if %0 -> f64 {
    ad.yield %x_dot : f64
  } else {
    %2 = ad.sub %n, %one : (!int, !int) -> !int
    %3:2 = ad.call @odd(%x, %2, %x_dot) : (f64, !int, f64) -> (f64, f64)
    %4 = ad.mul %3#0, %3#1 : (f64, f64) -> f64
    ad.yield %4 : f64
  }
  ad.return %1 : f64
}
// CHECK:      // Tangent of odd.
// CHECK-NEXT: odd_dual odd_jvp(double x, int n, double x_dot) {
// CHECK-NEXT:   return {x, even_jvp(x, n - 1, x_dot)};
// CHECK-NEXT: }
func.func private @odd(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"},
                       %n: !int {ad.local = #ad.local<1, "n", "int">, ad.type = "int"},
                       %x_dot: f64 {ad.local = #ad.local<9, "x_dot", "double", true>, ad.type = "double", ad.role = "tangent"})
    -> (f64 {ad.member = "value", ad.type = "double"}, f64 {ad.member = "dot", ad.type = "double"})
    attributes {ad.base = "odd", ad.derivative = "forward", ad.helper, ad.name = "odd", ad.wrt = [0]} {
  %one = ad.constant<1 : i32> : !int
  %0 = ad.sub %n, %one : (!int, !int) -> !int
  %2 = ad.call @even(%x, %0, %x_dot) : (f64, !int, f64) -> f64
  ad.return %x, %2 : f64, f64
}
// CHECK:      f_dual f_jvp(double x, double x_dot = 1.0) {
// CHECK-NEXT:   const odd_dual result = odd_jvp(x, 3, x_dot);
// CHECK-NEXT:   return {result.value, result.dot};
func.func @f(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"},
             %x_dot: f64 {ad.local = #ad.local<9, "x_dot", "double", true>, ad.type = "double", ad.role = "tangent", ad.default = "1"})
    -> (f64 {ad.member = "value"}, f64 {ad.member = "dot"})
    attributes {ad.base = "f", ad.derivative = "forward", ad.name = "f", ad.return_type = "double", ad.suffix = "", ad.wrt = [0]} {
  %n = ad.constant<3 : i32> : !int
  %0:2 = ad.call @odd(%x, %n, %x_dot) : (f64, !int, f64) -> (f64, f64)
  ad.return %0#0, %0#1 : f64, f64
}
}
