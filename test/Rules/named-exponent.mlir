// RUN: adgen-opt --ad-reverse %s | FileCheck %s
// A named constant and a long number stay what they are: `pi * pow(x, pi - 1)`.

// CHECK-LABEL: @named_grad
// CHECK: %[[PI:.*]] = ad.constant<{{.*}}> {spelling = "M_PI"}
// CHECK: %[[ONE:.*]] = ad.constant<1.0
// CHECK: %[[LESS:.*]] = ad.sub %[[PI]], %[[ONE]]
// CHECK: %[[POWER:.*]] = ad.pow %arg0, %[[LESS]]
// CHECK: ad.mul %[[PI]], %[[POWER]]
func.func @named(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"}) -> f64 attributes {
    ad.name = "named", ad.base = "named", ad.namespace = [], ad.file = "t.cpp", ad.line = 1 : i64, ad.return_type = "double",
    ad.requests = [{mode = "reverse", wrt = [0], inactive = [], suffix = ""}]} {
  %n = ad.constant<3.1415926535897931 : f64> {spelling = "M_PI"} : f64
  %y = ad.pow %x, %n : (f64, f64) -> f64
  ad.return %y : f64
}

// CHECK-LABEL: @long_number_grad
// CHECK: ad.sub
// CHECK: ad.pow
func.func @long_number(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"}) -> f64 attributes {
    ad.name = "long_number", ad.base = "long_number", ad.namespace = [], ad.file = "t.cpp", ad.line = 1 : i64, ad.return_type = "double",
    ad.requests = [{mode = "reverse", wrt = [0], inactive = [], suffix = ""}]} {
  %n = ad.constant<2.7182818284590451 : f64> {spelling = "2.7182818284590451"} : f64
  %y = ad.pow %x, %n : (f64, f64) -> f64
  ad.return %y : f64
}
