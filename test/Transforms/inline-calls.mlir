// RUN: adgen-opt --ad-inline-calls --verify-diagnostics --split-input-file %s | FileCheck %s
// A callee that works on memory is put in place of its call; one that takes values is called.

func.func @scale(%x: !ad.place<f64> {ad.in_memory, ad.local = #ad.local<0, "x", "double *">, ad.pass = "pointer", ad.out = -1 : i64}, %a: f64 {ad.local = #ad.local<1, "a", "double">}) attributes {ad.name = "scale"} {
  %v = ad.load %x : !ad.place<f64>
  %w = ad.mul %v, %a : (f64, f64) -> f64
  ad.store %w, %x : !ad.place<f64>
  ad.return
}
func.func @square(%a: f64 {ad.local = #ad.local<0, "a", "double">}) -> f64 attributes {ad.name = "square"} {
  %y = ad.mul %a, %a : (f64, f64) -> f64
  ad.return %y : f64
}
// CHECK-LABEL: func.func @f(
func.func @f(%y: !ad.place<f64> {ad.in_memory, ad.local = #ad.local<0, "y", "double *">, ad.pass = "pointer", ad.out = -1 : i64}, %b: f64 {ad.local = #ad.local<1, "b", "double">}) attributes {ad.name = "f", ad.requests = []} {
  // CHECK: %[[C:.*]] = ad.call @square(%arg1)
  // CHECK: %[[V:.*]] = ad.load %arg0
  // CHECK: %[[W:.*]] = ad.mul %[[V]], %[[C]]
  // CHECK: ad.store %[[W]], %arg0
  // CHECK-NOT: ad.call @scale
  %c = ad.call @square(%b) : (f64) -> f64
  ad.call @scale(%y, %c) : (!ad.place<f64>, f64) -> ()
  ad.return
}

// -----

func.func private @opaque(!ad.place<f64> {ad.in_memory}) attributes {ad.name = "opaque"}
func.func @g(%y: !ad.place<f64> {ad.in_memory, ad.local = #ad.local<0, "y", "double *">, ad.pass = "pointer", ad.out = -1 : i64}) attributes {ad.name = "g", ad.requests = []} {
  // expected-error @below {{[adgen-memory-call]}}
  ad.call @opaque(%y) : (!ad.place<f64>) -> ()
  ad.return
}
