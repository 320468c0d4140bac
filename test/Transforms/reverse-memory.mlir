// RUN: adgen-opt --ad-summarize-calls --ad-reverse --ad-eliminate-tape --verify-diagnostics --split-input-file %s | FileCheck %s
// A store's adjoint reads the shadow and zeroes it before anything is added, as both places may be one object.

// CHECK-LABEL: func.func @f_grad(%arg0: f64 {{.*}}, %arg1: !ad.place<f64> {{.*}}, %arg2: !ad.place<f64> {{.*}}, %arg3: !ad.place<f64> {{.*}}, %arg4: !ad.place<f64>
func.func @f(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"}, %y: !ad.place<f64> {ad.local = #ad.local<1, "y", "double">, ad.type = "double &", ad.pass = "reference", ad.in_memory, ad.out = -1 : i64}, %z: !ad.place<f64> {ad.local = #ad.local<2, "z", "double">, ad.type = "double &", ad.pass = "reference", ad.in_memory, ad.out = -1 : i64}) attributes {ad.name = "f", ad.base = "f", ad.return_type = "void", ad.requests = [{mode = "reverse", wrt = [0, 1, 2], suffix = ""}]} {
  // CHECK: %[[Z0:.*]] = ad.load %arg2
  // CHECK: %[[M:.*]] = ad.mul %arg0, %[[Z0]]
  // CHECK: ad.store %[[M]], %arg1
  // CHECK: %[[BAR:.*]] = ad.load %arg3
  // CHECK-DAG: %[[ZERO:.*]] = ad.constant<0.0
  // CHECK-DAG: %[[ZBAR:.*]] = ad.mul %arg0, %[[BAR]]
  // CHECK-DAG: ad.store %[[ZERO]], %arg3
  // CHECK: ad.accumulate %[[ZBAR]], %arg4
  %z0 = ad.load %z : !ad.place<f64>
  %m = ad.mul %x, %z0 : (f64, f64) -> f64
  ad.store %m, %y : !ad.place<f64>
  ad.return
}

// -----

// What a loop in a loop reads from memory that changes is kept for all trips of both.
// CHECK-LABEL: func.func @g_grad(
// CHECK: %[[SIZE:.*]] = ad.mul
// CHECK: %[[TAPE:.*]] = ad.tape %[[SIZE]] {{.*}}"y_tape"
// CHECK: ad.for
// CHECK: ad.for
// CHECK: %[[Y:.*]] = ad.load %arg2
// CHECK: ad.record %[[Y]], %[[TAPE]][
// CHECK: ad.store %{{.*}}, %arg2
// CHECK: ad.for {{.*}} reversed
// CHECK: ad.for {{.*}} reversed
// CHECK-NOT: ad.store %{{.*}}, %arg2
// CHECK: ad.playback %[[TAPE]][
func.func @g(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"}, %n: !ad.int<"int", 32, true> {ad.local = #ad.local<3, "n", "int">, ad.type = "int"}, %y: !ad.place<f64> {ad.local = #ad.local<1, "y", "double">, ad.type = "double &", ad.pass = "reference", ad.in_memory, ad.out = -1 : i64}) attributes {ad.name = "g", ad.base = "g", ad.return_type = "void", ad.requests = [{mode = "reverse", wrt = [0, 2], suffix = ""}]} {
  %zero = ad.constant<0 : i32> : !ad.int<"int", 32, true>
  ad.for <4, "i", "int"> = %zero lt %n step 1 carry () : !ad.int<"int", 32, true>, !ad.int<"int", 32, true>, () -> () {
  ^bb0(%i: !ad.int<"int", 32, true>):
    ad.for <5, "j", "int"> = %zero lt %n step 1 carry () : !ad.int<"int", 32, true>, !ad.int<"int", 32, true>, () -> () {
    ^bb0(%j: !ad.int<"int", 32, true>):
      %y0 = ad.load %y : !ad.place<f64>
      %s = ad.sin %y0 : (f64) -> f64
      %m = ad.mul %s, %x : (f64, f64) -> f64
      ad.store %m, %y : !ad.place<f64>
      ad.yield
    }
    ad.yield
  }
  ad.return
}
