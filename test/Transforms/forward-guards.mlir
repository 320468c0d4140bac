// RUN: adgen-opt --ad-forward %s | FileCheck %s
// A guard stands where the partial derivative may be infinite and the tangent exactly zero.

// The square root is finite at zero: always, but for a constant tangent.
// CHECK-LABEL: func.func @finite_jvp
// CHECK: %[[P:.*]] = ad.mul %{{.*}}, %arg1
// CHECK: ad.guard %arg1, %[[P]]
func.func @finite(%x: f64 {ad.local = #ad.local<0, "x", "double">}) -> f64 attributes {ad.name = "f", ad.return_type = "double", ad.requests = [{mode = "forward", wrt = [0], suffix = ""}]} {
  %s = ad.sqrt %x : (f64) -> f64
  ad.return %s : f64
}

// The logarithm is infinite itself: not where every path brings a tangent.
// CHECK-LABEL: func.func @pole_jvp
// CHECK-NOT: ad.guard
// CHECK: ad.return
func.func @pole(%x: f64 {ad.local = #ad.local<0, "x", "double">}) -> f64 attributes {ad.name = "f", ad.return_type = "double", ad.requests = [{mode = "forward", wrt = [0], suffix = ""}]} {
  %s = ad.log %x : (f64) -> f64
  ad.return %s : f64
}

// But where a path without one joins.
// CHECK-LABEL: func.func @pole_behind_branch_jvp
// CHECK: %[[V:.*]]:2 = ad.if
// CHECK: ad.log %[[V]]#0
// CHECK: ad.guard %[[V]]#1
func.func @pole_behind_branch(%x: f64 {ad.local = #ad.local<0, "x", "double">}, %c: i1) -> f64 attributes {ad.name = "f", ad.return_type = "double", ad.requests = [{mode = "forward", wrt = [0], suffix = ""}]} {
  %v = ad.if %c -> f64 {
    ad.yield %x : f64
  } else {
    %zero = ad.constant<0.0 : f64> : f64
    ad.yield %zero : f64
  }
  %s = ad.log %v : (f64) -> f64
  ad.return %s : f64
}
