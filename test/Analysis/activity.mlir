// RUN: adgen-opt --ad-forward %s | FileCheck %s
// What has a tangent shows what is active: varied by a parameter of interest and useful for the result.

// `a` is not useful, `b` is not varied, the floor cuts the flow, and so does a comparison.
// CHECK-LABEL: func.func @straight_line_jvp
// CHECK-NOT: "a_dot"
// CHECK-NOT: "b_dot"
// CHECK-NOT: "c_dot"
// CHECK: "d_dot"
func.func @straight_line(%x: f64 {ad.local = #ad.local<0, "x", "double">}, %y: f64 {ad.local = #ad.local<1, "y", "double">}) -> f64 attributes {ad.name = "f", ad.return_type = "double", ad.requests = [{mode = "forward", wrt = [0], suffix = ""}]} {
  %s = ad.sin %x : (f64) -> f64
  %a = ad.let %s <2, "a", "double"> : f64
  %b = ad.let %y <3, "b", "double"> : f64
  %fl = ad.floor %a : (f64) -> f64
  %c = ad.let %fl <4, "c", "double"> : f64
  %cc = ad.cmp lt %a, %b : f64
  %m = ad.mul %x, %b : (f64, f64) -> f64
  %d = ad.let %m <5, "d", "double"> : f64
  %e = ad.add %d, %c : (f64, f64) -> f64
  %r = ad.select %cc, %e, %b : f64
  ad.return %r : f64
}

// `v` passes itself around the loop and starts passive: only `w` is active, from the second trip on.
// CHECK-LABEL: func.func @loop_jvp
// CHECK-NOT: "v_dot"
// CHECK: locals = [#ad.local<2, "v", "double">, #ad.local<3, "w", "double">, #ad.local<13, "w_dot", "double", true>]
func.func @loop(%x: f64 {ad.local = #ad.local<0, "x", "double">}, %n: !ad.int<"int", 32, true>) -> f64 attributes {ad.name = "f", ad.return_type = "double", ad.requests = [{mode = "forward", wrt = [0], suffix = ""}]} {
  %one = ad.constant<1.0 : f64> : f64
  %zero = ad.constant<0 : i32> : !ad.int<"int", 32, true>
  %r:2 = ad.for <5, "k", "int"> = %zero lt %n step 1 carry(%one, %one) : !ad.int<"int", 32, true>, !ad.int<"int", 32, true>, (f64, f64) -> (f64, f64) {
  ^bb0(%k: !ad.int<"int", 32, true>, %v: f64, %w: f64):
    %v2 = ad.sin %v : (f64) -> f64
    %p = ad.mul %v, %w : (f64, f64) -> f64
    %w2 = ad.mul %p, %x : (f64, f64) -> f64
    ad.yield %v2, %w2 : f64, f64
  } {locals = [#ad.local<2, "v", "double">, #ad.local<3, "w", "double">]}
  ad.return %r#1 : f64
}
