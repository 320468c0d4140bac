// RUN: adgen-opt --ad-forward %s | FileCheck %s
// The tangent of straight-line code: partial derivatives times tangents, assigned before the variable itself.

// CHECK-LABEL: func.func @assignment_jvp
// CHECK-SAME: %[[XD:arg2]]: f64 {ad.default = "1", ad.local = #ad.local<1, "x_dot", "double", true>, ad.of = 0 : i64, ad.role = "tangent", ad.type = "double"}
// CHECK-SAME: -> (f64 {ad.member = "value"}, f64 {ad.member = "dot"})
// CHECK-SAME: ad.derivative = "forward"
// CHECK-NOT: ad.requests
// CHECK: %[[S:.*]] = ad.sin %arg0
// CHECK: %[[C:.*]] = ad.cos %arg0
// CHECK: %[[D:.*]] = ad.mul %[[C]], %[[XD]]
// CHECK: %[[VD:.*]] = ad.let %[[D]] <9, "v_dot", "double", true>
// CHECK: %[[V:.*]] = ad.let %[[S]] <2, "v", "double">
// CHECK: %[[P:.*]] = ad.mul %[[V]], %arg1
// CHECK: %[[PD:.*]] = ad.mul %arg1, %[[VD]]
// CHECK: ad.return %[[P]], %[[PD]]
func.func @assignment(%x: f64 {ad.local = #ad.local<0, "x", "double">}, %y: f64 {ad.local = #ad.local<1, "y", "double">}) -> f64 attributes {ad.name = "f", ad.return_type = "double", ad.requests = [{mode = "forward", wrt = [0], suffix = ""}]} {
  %s = ad.sin %x : (f64) -> f64
  %v = ad.let %s <2, "v", "double"> : f64
  %p = ad.mul %v, %y : (f64, f64) -> f64
  ad.return %p : f64
}

// Two tangents have no default; a cast between reals is the tangent's too.
// CHECK-LABEL: func.func @two_tangents_jvp
// CHECK-SAME: "y_dot"
// CHECK-NOT: ad.default
// CHECK: %[[WD:.*]] = ad.cast %arg3 : f32 to f64
// CHECK: ad.add %arg2, %[[WD]]
func.func @two_tangents(%x: f64 {ad.local = #ad.local<0, "x", "double">}, %y: f32 {ad.local = #ad.local<1, "y", "float">}) -> f64 attributes {ad.name = "f", ad.return_type = "double", ad.requests = [{mode = "forward", wrt = [0, 1], suffix = ""}]} {
  %w = ad.cast %y : f32 to f64
  %p = ad.add %x, %w : (f64, f64) -> f64
  ad.return %p : f64
}

// A result that is not real has no tangent.
// CHECK-LABEL: func.func @integer_result_jvp
// CHECK-SAME: -> !ad.int<"int", 32, true>
// CHECK: ad.return %{{.*}} : !ad.int
func.func @integer_result(%x: f64 {ad.local = #ad.local<0, "x", "double">}) -> !ad.int<"int", 32, true> attributes {ad.name = "f", ad.return_type = "double", ad.requests = [{mode = "forward", wrt = [0], suffix = ""}]} {
  %w = ad.cast %x : f64 to !ad.int<"int", 32, true>
  ad.return %w : !ad.int<"int", 32, true>
}
