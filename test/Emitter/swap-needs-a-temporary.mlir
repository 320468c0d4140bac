// RUN: adgen-opt --emit-cpp %s | FileCheck %s
// Carried values that exchange places go through a temporary.
!int = !ad.int<"int", 32, true>
func.func @f(%a: f64 {ad.local = #ad.local<0, "a", "double">, ad.type = "double"},
             %b: f64 {ad.local = #ad.local<1, "b", "double">, ad.type = "double"},
             %n: !int {ad.local = #ad.local<2, "n", "int">, ad.type = "int"})
    -> (f64 {ad.member = "value"})
    attributes {ad.base = "f", ad.derivative = "forward", ad.name = "f",
                ad.return_type = "double", ad.suffix = "", ad.wrt = [0]} {
  %0 = ad.constant<0 : i32> : !int
  // CHECK:      for (int i = 0; i < n; ++i) {
  // CHECK-NEXT:   const double old = a;
  // CHECK-NEXT:   a = b;
  // CHECK-NEXT:   b = old;
  // CHECK-NEXT: }
  // CHECK-NEXT: return a - b;
  %1:2 = ad.for <3, "i", "int"> = %0 lt %n step 1 carry(%a, %b) : !int, !int, (f64, f64) -> (f64, f64) {
  ^bb0(%i: !int, %x: f64, %y: f64):
    ad.yield %y, %x : f64, f64
  } {locals = [#ad.local<0, "a", "double">, #ad.local<1, "b", "double">]}
  %2 = ad.sub %1#0, %1#1 : (f64, f64) -> f64
  ad.return %2 : f64
}
