// RUN: adgen-opt --ad-promote-variables %s | FileCheck %s
// What is passed by reference becomes a value before and a value after; a place that stays in memory is loaded and stored around a call.

// CHECK-LABEL: func.func private @step(%arg0: f64
// CHECK-SAME: %arg1: f64 {{.*}}) -> f64
func.func private @step(%h: f64, %x: !ad.place<f64> {ad.local = #ad.local<0, "x", "double">, ad.out = 0 : i64}) {
  // CHECK: %[[NEXT:.*]] = ad.mul %arg0, %arg1
  %x0 = ad.load %x : !ad.place<f64>
  %x1 = ad.mul %h, %x0 : (f64, f64) -> f64
  // CHECK: %[[X:.*]] = ad.let %[[NEXT]] <0, "x", "double">
  ad.store %x1, %x : !ad.place<f64>
  // CHECK: ad.return %[[X]]
  ad.return
}

// CHECK-LABEL: func.func @promoted
func.func @promoted(%h: f64, %c: i1) -> f64 {
  // CHECK: %[[OLD:.*]] = ad.let %arg0 <1, "v", "double">
  %v = ad.var <1, "v", "double"> : !ad.place<f64>
  ad.store %h, %v : !ad.place<f64>
  // CHECK: %[[JOINED:.*]] = ad.if %arg1
  ad.if %c {
    // CHECK: %[[NEW:.*]] = ad.call @step(%arg0, %[[OLD]]) {locals = [#ad.local<1, "v", "double">], ties = array<i64: -1, 0>} : (f64, f64) -> f64
    ad.call @step(%h, %v) {ties = array<i64: -1, 0>} : (f64, !ad.place<f64>) -> ()
    // CHECK: ad.yield %[[NEW]]
    ad.yield
  } else {
    // CHECK: ad.yield %[[OLD]]
    ad.yield
  }
  %w = ad.load %v : !ad.place<f64>
  // CHECK: ad.return %[[JOINED]]
  ad.return %w : f64
}

// CHECK-LABEL: func.func @in_memory(%arg0: f64, %arg1: !ad.place<f64>
func.func @in_memory(%h: f64, %y: !ad.place<f64> {ad.local = #ad.local<0, "y", "double">, ad.in_memory, ad.out = -1 : i64}) {
  // CHECK: %[[BEFORE:.*]] = ad.load %arg1
  // CHECK: %[[AFTER:.*]] = ad.call @step(%arg0, %[[BEFORE]])
  // CHECK: ad.store %[[AFTER]], %arg1
  ad.call @step(%h, %y) {ties = array<i64: -1, 0>} : (f64, !ad.place<f64>) -> ()
  ad.return
}
