// RUN: adgen-opt --emit-cpp %s | FileCheck %s
// Constants of one branch become initial values; what nobody reads is not assigned; no content is 0.
func.func @f(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"},
             %y: f64 {ad.local = #ad.local<1, "y", "double">, ad.type = "double"})
    -> (f64 {ad.member = "value"})
    attributes {ad.base = "f", ad.derivative = "forward", ad.name = "f",
                ad.return_type = "double", ad.suffix = "", ad.wrt = [0]} {
  %zero = ad.constant<0.0 : f64> : f64
  %c = ad.cmp lt %x, %y : f64
  // CHECK:      double a = 0;
  // CHECK-NEXT: double b = 0;
  // CHECK-NEXT: if (x < y) {
  // CHECK-NEXT:   a = x * y;
  // CHECK-NEXT:   b = std::exp(a);
  // CHECK-NEXT: }
  // CHECK-NEXT: return a / b;
  %0:3 = ad.if %c -> f64, f64, f64 {
    %1 = ad.mul %x, %y : (f64, f64) -> f64
    %a = ad.let %1 <2, "a", "double"> : f64
    %2 = ad.exp %a : (f64) -> f64
    %b = ad.let %2 <3, "b", "double"> : f64
    ad.yield %a, %b, %b : f64, f64, f64
  } else {
    %u = ad.undef : f64
    ad.yield %zero, %u, %y : f64, f64, f64
  } {locals = [#ad.local<2, "a", "double">, #ad.local<3, "b", "double">, #ad.local<4, "d", "double">]}
  %3 = ad.div %0#0, %0#1 : (f64, f64) -> f64
  ad.return %3 : f64
}
