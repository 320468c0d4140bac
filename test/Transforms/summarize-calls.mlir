// RUN: adgen-opt --ad-summarize-calls %s | FileCheck %s
// RUN: adgen-opt --ad-summarize-calls=all %s | FileCheck %s --check-prefix=ALL
// A derivative flows through a call where it does through the callee; a recursive function has the flows of its finite runs.

// The second argument only decides.
func.func private @choose(%x: f64, %limit: f64) -> f64 {
  %c = ad.cmp lt %x, %limit : f64
  %zero = ad.constant<0.0 : f64> : f64
  %r = ad.if %c -> f64 {
    ad.yield %x : f64
  } else {
    ad.yield %zero : f64
  }
  ad.return %r : f64
}

// Two results: the first depends on x, the second on z.
func.func private @both(%x: f64, %z: f64) -> (f64, f64) {
  %a = ad.sin %x : (f64) -> f64
  %b = ad.sqrt %z : (f64) -> f64
  ad.return %a, %b : f64, f64
}

// CHECK-LABEL: @power
func.func private @power(%x: f64, %n: !ad.int<"int", 32, true>, %unused: f64) -> f64 {
  %one = ad.constant<1 : i32> : !ad.int<"int", 32, true>
  %c = ad.cmp lt %n, %one : !ad.int<"int", 32, true>
  %r = ad.if %c -> f64 {
    %unit = ad.constant<1.0 : f64> : f64
    ad.yield %unit : f64
  } else {
    %m = ad.sub %n, %one : (!ad.int<"int", 32, true>, !ad.int<"int", 32, true>) -> !ad.int<"int", 32, true>
    // CHECK: ad.call @power(%arg0, %{{.*}}, %arg2) {flows = array<i64: 0, 0>}
    %p = ad.call @power(%x, %m, %unused) : (f64, !ad.int<"int", 32, true>, f64) -> f64
    %q = ad.mul %x, %p : (f64, f64) -> f64
    ad.yield %q : f64
  }
  ad.return %r : f64
}

func.func private @passive(f64) -> f64 attributes {ad.inactive}
func.func private @by_hand(f64, f64) -> f64 attributes {ad.rule_grad = @by_hand_grad}
func.func private @by_hand_grad(f64, f64, f64) -> (f64, f64)

// CHECK-LABEL: @calls
// ALL-LABEL: @calls
func.func @calls(%x: f64, %z: f64) -> f64 {
  // CHECK: ad.call @choose(%arg0, %arg1) {flows = array<i64: 0, 0>}
  // ALL: ad.call @choose(%arg0, %arg1) {flows = array<i64: 0, 0, 1, 0>, singular = 1 : i64}
  %a = ad.call @choose(%x, %z) : (f64, f64) -> f64
  // CHECK: ad.call @both(%arg0, %arg1) {flows = array<i64: 0, 0, 1, 1>, singular = 1 : i64}
  %b:2 = ad.call @both(%x, %z) : (f64, f64) -> (f64, f64)
  // CHECK: ad.call @passive(%arg0) {flows = array<i64>}
  // ALL: ad.call @passive(%arg0) {flows = array<i64>}
  %c = ad.call @passive(%x) : (f64) -> f64
  // CHECK: ad.call @by_hand(%arg0, %arg1) {flows = array<i64: 0, 0, 1, 0>, singular = 1 : i64}
  %d = ad.call @by_hand(%x, %z) : (f64, f64) -> f64
  ad.return %d : f64
}
