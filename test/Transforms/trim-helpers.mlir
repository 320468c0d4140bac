// RUN: adgen-opt --ad-trim-helpers %s | FileCheck %s
// RUN: adgen-opt --ad-trim-helpers=keep-signatures %s | FileCheck %s --check-prefix=KEPT
// Helpers lose parameters that they do not read, results that nobody reads, and vanish if nobody calls them.

// CHECK-NOT: @unused
// KEPT-NOT: @unused
func.func private @unused(%x: f64) -> f64 attributes {ad.helper, ad.derivative = "reverse"} {
  ad.return %x : f64
}

// CHECK: func.func private @helper(%arg0: f64) -> f64
// KEPT: func.func private @helper(%arg0: f64, %arg1: f64) -> (f64, f64)
func.func private @helper(%x: f64, %seed: f64) -> (f64, f64) attributes {ad.helper, ad.derivative = "reverse"} {
  // CHECK-NOT: ad.sin
  %s = ad.sin %x : (f64) -> f64
  %d = ad.mul %seed, %seed : (f64, f64) -> f64
  ad.return %s, %d : f64, f64
}

// CHECK-LABEL: func.func @f_grad
func.func @f_grad(%x: f64, %seed: f64) -> f64 attributes {ad.derivative = "reverse"} {
  // CHECK: %[[D:.*]] = ad.call @helper(%arg1)
  // CHECK: ad.return %[[D]]
  %d:2 = ad.call @helper(%x, %seed) : (f64, f64) -> (f64, f64)
  ad.return %d#1 : f64
}
