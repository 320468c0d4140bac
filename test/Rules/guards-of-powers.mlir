// RUN: adgen-opt --ad-reverse %s | FileCheck %s
// A power is guarded where its derivative may be infinite at 0: not for an exponent from 1.

// CHECK-LABEL: @cube_grad
// CHECK-NOT: ad.guard
// CHECK: ad.return
func.func @cube(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"}) -> f64 attributes {
    ad.name = "cube", ad.base = "cube", ad.namespace = [], ad.file = "t.cpp", ad.line = 1 : i64, ad.return_type = "double",
    ad.requests = [{mode = "reverse", wrt = [0], inactive = [], suffix = ""}]} {
  %n = ad.constant<3.0 : f64> : f64
  %y = ad.pow %x, %n : (f64, f64) -> f64
  ad.return %y : f64
}

// CHECK-LABEL: @root_grad
// CHECK: ad.guard %arg1
func.func @root(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"}) -> f64 attributes {
    ad.name = "root", ad.base = "root", ad.namespace = [], ad.file = "t.cpp", ad.line = 1 : i64, ad.return_type = "double",
    ad.requests = [{mode = "reverse", wrt = [0], inactive = [], suffix = ""}]} {
  %n = ad.constant<0.5 : f64> : f64
  %y = ad.pow %x, %n : (f64, f64) -> f64
  ad.return %y : f64
}

// CHECK-LABEL: @exponential_grad
// CHECK-NOT: ad.guard
// CHECK: ad.return
func.func @exponential(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"}) -> f64 attributes {
    ad.name = "exponential", ad.base = "exponential", ad.namespace = [], ad.file = "t.cpp", ad.line = 1 : i64, ad.return_type = "double",
    ad.requests = [{mode = "reverse", wrt = [0], inactive = [], suffix = ""}]} {
  %n = ad.constant<2.0 : f64> : f64
  %y = ad.pow %n, %x : (f64, f64) -> f64
  ad.return %y : f64
}

// CHECK-LABEL: @any_grad
// CHECK-COUNT-2: ad.guard
func.func @any(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"}, %z: f64 {ad.local = #ad.local<1, "z", "double">, ad.type = "double"}) -> f64 attributes {
    ad.name = "any", ad.base = "any", ad.namespace = [], ad.file = "t.cpp", ad.line = 1 : i64, ad.return_type = "double",
    ad.requests = [{mode = "reverse", wrt = [0, 1], inactive = [], suffix = ""}]} {
  %y = ad.pow %x, %z : (f64, f64) -> f64
  ad.return %y : f64
}
