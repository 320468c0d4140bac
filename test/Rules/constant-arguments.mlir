// RUN: adgen-opt --ad-reverse %s | FileCheck %s
// A constant argument decides the cases of a formula: x squared is 2 x, the Bessel function of order 0 is -J_1.

// CHECK-LABEL: @square_grad
// CHECK: %[[TWO:.*]] = ad.constant<2.0
// CHECK: %[[P:.*]] = ad.mul %[[TWO]], %arg0
// CHECK-NOT: ad.pow
// CHECK-NOT: ad.select
// CHECK-NOT: ad.guard
// CHECK: ad.return
func.func @square(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"}) -> f64 attributes {
    ad.name = "square", ad.base = "square", ad.namespace = [], ad.file = "t.cpp", ad.line = 1 : i64, ad.return_type = "double",
    ad.requests = [{mode = "reverse", wrt = [0], inactive = [], suffix = ""}]} {
  %n = ad.constant<2.0 : f64> : f64
  %y = ad.pow %x, %n : (f64, f64) -> f64
  ad.return %y : f64
}

// CHECK-LABEL: @order_0_grad
// CHECK: %[[ONE:.*]] = ad.constant<1.0
// CHECK: %[[J:.*]] = ad.cyl_bessel_j %[[ONE]], %arg0
// CHECK: ad.neg %[[J]]
// CHECK-NOT: ad.select
// CHECK-NOT: ad.guard
// CHECK: ad.return
func.func @order_0(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"}) -> f64 attributes {
    ad.name = "order_0", ad.base = "order_0", ad.namespace = [], ad.file = "t.cpp", ad.line = 1 : i64, ad.return_type = "double",
    ad.requests = [{mode = "reverse", wrt = [0], inactive = [], suffix = ""}]} {
  %n = ad.constant<0.0 : f64> : f64
  %y = ad.cyl_bessel_j %n, %x : (f64, f64) -> f64
  ad.return %y : f64
}
