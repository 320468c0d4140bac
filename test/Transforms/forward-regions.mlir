// RUN: adgen-opt --ad-forward %s | FileCheck %s
// Branches and loops hand the tangents on beside the values, under the names of their variables.

// CHECK-LABEL: func.func @branch_jvp
// CHECK: ad.if %arg1 -> f64, f64 {
// CHECK:   ad.neg %arg2
// CHECK:   ad.yield
// CHECK: } else {
// CHECK:   %[[ZERO:.*]] = ad.constant<0.000000e+00 : f64>
// CHECK:   ad.yield %{{.*}}, %[[ZERO]]
// CHECK: } {locals = [#ad.local<2, "v", "double">, #ad.local<9, "v_dot", "double", true>]}
func.func @branch(%x: f64 {ad.local = #ad.local<0, "x", "double">}, %c: i1) -> f64 attributes {ad.name = "f", ad.return_type = "double", ad.requests = [{mode = "forward", wrt = [0], suffix = ""}]} {
  %r = ad.if %c -> f64 {
    %n = ad.neg %x : (f64) -> f64
    ad.yield %n : f64
  } else {
    %one = ad.constant<1.0 : f64> : f64
    ad.yield %one : f64
  } {locals = [#ad.local<2, "v", "double">]}
  ad.return %r : f64
}

// The loop carries a tangent for `v`, none for `w`, which no parameter reaches.
// CHECK-LABEL: func.func @loop_jvp
// CHECK: %[[R:.*]]:3 = ad.for <5, "k", "int"> = %{{.*}} lt %arg1 step 1 carry(%arg0, %{{.*}}, %arg2)
// CHECK: ^bb0(%{{.*}}: !ad.int<"int", 32, true>, %[[V:.*]]: f64, %[[W:.*]]: f64, %[[VD:.*]]: f64):
// CHECK: ad.mul %[[W]], %[[VD]]
// CHECK: locals = [#ad.local<2, "v", "double">, #ad.local<3, "w", "double">, #ad.local<9, "v_dot", "double", true>]
// CHECK: ad.return %[[R]]#0, %[[R]]#2
func.func @loop(%x: f64 {ad.local = #ad.local<0, "x", "double">}, %n: !ad.int<"int", 32, true>) -> f64 attributes {ad.name = "f", ad.return_type = "double", ad.requests = [{mode = "forward", wrt = [0], suffix = ""}]} {
  %one = ad.constant<1.0 : f64> : f64
  %zero = ad.constant<0 : i32> : !ad.int<"int", 32, true>
  %r:2 = ad.for <5, "k", "int"> = %zero lt %n step 1 carry(%x, %one) : !ad.int<"int", 32, true>, !ad.int<"int", 32, true>, (f64, f64) -> (f64, f64) {
  ^bb0(%k: !ad.int<"int", 32, true>, %v: f64, %w: f64):
    %v2 = ad.mul %v, %w : (f64, f64) -> f64
    %w2 = ad.sin %w : (f64) -> f64
    ad.yield %v2, %w2 : f64, f64
  } {locals = [#ad.local<2, "v", "double">, #ad.local<3, "w", "double">]}
  ad.return %r#0 : f64
}

// All three regions of a `while` carry it; its condition stays that of the values.
// CHECK-LABEL: func.func @while_jvp
// CHECK: ad.while "while" carry(%arg0, %arg1) : (f64, f64) -> (f64, f64) head {
// CHECK: %[[GO:.*]] = ad.cmp gt
// CHECK: ad.next %[[GO]] %{{.*}}, %{{.*}} : f64, f64
// CHECK: body {
// CHECK: ad.cos
// CHECK: ad.next %{{.*}} %{{.*}}, %{{.*}} : f64, f64
func.func @while(%x: f64 {ad.local = #ad.local<0, "x", "double">}) -> f64 attributes {ad.name = "f", ad.return_type = "double", ad.requests = [{mode = "forward", wrt = [0], suffix = ""}]} {
  %t = ad.constant<true> : i1
  %h = ad.constant<0.5 : f64> : f64
  %r = ad.while "while" carry(%x) : (f64) -> f64 head {
  ^bb0(%v: f64):
    %g = ad.cmp gt %v, %h : f64
    ad.next %g %v : f64
  } body {
  ^bb0(%v: f64):
    %s = ad.sin %v : (f64) -> f64
    ad.next %t %s : f64
  } step {
  ^bb0(%v: f64):
    ad.next %t %v : f64
  } {locals = [#ad.local<2, "v", "double">]}
  ad.return %r : f64
}
