// RUN: adgen-opt --ad-promote-variables %s | FileCheck %s
// What regions hand on is replaced where it is known and dropped where nobody reads it.

!i = !ad.int<"int", 32, true>

// CHECK-LABEL: func.func @constant_condition
func.func @constant_condition(%x: f64) -> f64 {
  // CHECK-NEXT: ad.neg
  // CHECK-NEXT: ad.return
  %c = ad.constant<true> : i1
  %r = ad.if %c -> f64 {
    %n = ad.neg %x : (f64) -> f64
    ad.yield %n : f64
  } else {
    ad.yield %x : f64
  }
  ad.return %r : f64
}

// Equal constants are one value; an undefined one may be whatever the other is.
// CHECK-LABEL: func.func @same_in_both_branches
func.func @same_in_both_branches(%c: i1, %x: f64) -> (f64, f64) {
  // CHECK-NEXT: %[[ONE:.*]] = ad.constant<1.000000e+00 : f64>
  // CHECK-NEXT: ad.return %[[ONE]], %arg1
  %r:2 = ad.if %c -> f64, f64 {
    %one = ad.constant<1.0 : f64> : f64
    ad.yield %one, %x : f64, f64
  } else {
    %one = ad.constant<1.0 : f64> : f64
    %u = ad.undef : f64
    ad.yield %one, %u : f64, f64
  }
  ad.return %r#0, %r#1 : f64, f64
}

// But different ones are not.
// CHECK-LABEL: func.func @different_in_branches
func.func @different_in_branches(%c: i1) -> f64 {
  // CHECK: %[[R:.*]] = ad.if
  // CHECK: ad.return %[[R]]
  %r = ad.if %c -> f64 {
    %one = ad.constant<1.0 : f64> : f64
    ad.yield %one : f64
  } else {
    %two = ad.constant<2.0 : f64> : f64
    ad.yield %two : f64
  }
  ad.return %r : f64
}

// CHECK-LABEL: func.func @known_condition
func.func @known_condition(%c: i1, %x: f64) -> f64 {
  // CHECK-NEXT: ad.if %arg0 -> f64 {
  // CHECK-NEXT:   ad.neg
  // CHECK-NEXT:   ad.yield
  // CHECK-NEXT: } else {
  // CHECK-NEXT:   ad.yield
  %r = ad.if %c -> f64 {
    %q = ad.if %c -> f64 {
      %n = ad.neg %x : (f64) -> f64
      ad.yield %n : f64
    } else {
      ad.yield %x : f64
    }
    ad.yield %q : f64
  } else {
    ad.yield %x : f64
  }
  ad.return %r : f64
}

// The loop carries `v` unchanged, and `w` for itself alone.
// CHECK-LABEL: func.func @carried
func.func @carried(%n: !i, %x: f64) -> f64 {
  // CHECK: %[[R:.*]] = ad.for <5, "k", "int"> = %{{.*}} lt %arg0 step 1 carry(%arg1)
  // CHECK: ^bb0(%{{.*}}: !ad.int<"int", 32, true>, %[[S:.*]]: f64):
  // CHECK-NEXT: %[[M:.*]] = ad.mul %[[S]], %arg1
  // CHECK-NEXT: ad.yield %[[M]] : f64
  // CHECK: ad.return %[[R]]
  %zero = ad.constant<0 : i32> : !i
  %r:3 = ad.for <5, "k", "int"> = %zero lt %n step 1 carry(%x, %x, %x) : !i, !i, (f64, f64, f64) -> (f64, f64, f64) {
  ^bb0(%k: !i, %s: f64, %v: f64, %w: f64):
    %m = ad.mul %s, %v : (f64, f64) -> f64
    %w2 = ad.sin %w : (f64) -> f64
    ad.yield %m, %v, %w2 : f64, f64, f64
  }
  ad.return %r#0 : f64
}

// A tape that nobody plays back goes with the loop that fills it.
// CHECK-LABEL: func.func @unread_tape
func.func @unread_tape(%n: !i, %x: f64) -> f64 {
  // CHECK-NEXT: ad.return %arg1
  %zero = ad.constant<0 : i32> : !i
  %t = ad.tape %n : !i <9, "x_tape", "double"> -> !ad.tape<f64>
  ad.for <5, "k", "int"> = %zero lt %n step 1 carry() : !i, !i, () -> () {
  ^bb0(%k: !i):
    ad.record %x, %t[%k] : f64, !ad.tape<f64>, !i
    ad.yield
  }
  ad.return %x : f64
}

// CHECK-LABEL: func.func @single_trip
func.func @single_trip(%x: f64) -> f64 {
  // CHECK-NEXT: ad.neg
  // CHECK-NEXT: ad.return
  %t = ad.constant<true> : i1
  %f = ad.constant<false> : i1
  %r = ad.while "do" carry(%x) : (f64) -> f64 head {
  ^bb0(%v: f64):
    ad.next %t %v : f64
  } body {
  ^bb0(%v: f64):
    %n = ad.neg %v : (f64) -> f64
    ad.next %t %n : f64
  } step {
  ^bb0(%v: f64):
    ad.next %f %v : f64
  }
  ad.return %r : f64
}
