// RUN: adgen-opt --ad-promote-variables --split-input-file %s | FileCheck %s
// A loop carries the variables that it changes, and of them those that somebody reads.

!p = !ad.place<f64>

// `v` is carried; `w`, which every trip assigns before reading it, and `u`,
// which only the loop itself reads, are not.
// CHECK-LABEL: func.func @carried
func.func @carried(%c: i1, %x: f64) -> f64 {
  %v = ad.var <2, "v", "double"> : !p
  %w = ad.var <3, "w", "double"> : !p
  %u = ad.var <4, "u", "double"> : !p
  ad.store %x, %v : !p
  ad.store %x, %u : !p
  // CHECK: %[[R:.*]] = ad.while "while" carry(%{{.*}}) : (f64) -> f64 head {
  ad.while "while" carry() : () -> () head {
    ad.next %c
  } body {
    // CHECK: body {
    // CHECK: ^bb0(%[[V:.*]]: f64):
    // CHECK: %[[S:.*]] = ad.sin %[[V]]
    // CHECK: ad.let %[[S]] <3, "w", "double">
    // CHECK: ad.let %{{.*}} <2, "v", "double">
    // CHECK-NOT: ad.let
    // CHECK: step {
    %a = ad.load %v : !p
    %s = ad.sin %a : (f64) -> f64
    ad.store %s, %w : !p
    %b = ad.load %w : !p
    %n = ad.mul %b, %b : (f64, f64) -> f64
    ad.store %n, %v : !p
    %d = ad.load %u : !p
    %e = ad.neg %d : (f64) -> f64
    ad.store %e, %u : !p
    %t = ad.constant<true> : i1
    ad.next %t
  } step {
    %t = ad.constant<true> : i1
    ad.next %t
  }
  // CHECK: locals = [#ad.local<2, "v", "double">]
  // CHECK: ad.return %[[R]]
  %r = ad.load %v : !p
  ad.return %r : f64
}

// -----

!p = !ad.place<f64>
!b = !ad.place<i1>

// A flag that is set only where the loop is left has its first value in every
// trip, and behind a loop that is left in no other way it is known.
// CHECK-LABEL: func.func @flag_of_exit
func.func @flag_of_exit(%c: i1, %x: f64) -> f64 {
  %v = ad.var <2, "v", "double"> : !p
  %f = ad.var <3, "returned", "bool", true> : !b
  %false = ad.constant<false> : i1
  ad.store %x, %v : !p
  ad.store %false, %f : !b
  // CHECK: ad.while "while" carry(%{{.*}}) : (f64) -> f64
  ad.while "while" carry() : () -> () head {
    %t = ad.constant<true> : i1
    ad.next %t
  } body {
    %a = ad.load %v : !p
    %s = ad.sin %a : (f64) -> f64
    ad.store %s, %v : !p
    %go = ad.if %c -> i1 {
      %t = ad.constant<true> : i1
      ad.store %t, %f : !b
      ad.yield %false : i1
    } else {
      %t = ad.constant<true> : i1
      ad.yield %t : i1
    }
    ad.next %go
  } step {
    %t = ad.constant<true> : i1
    ad.next %t
  }
  // CHECK-NOT: ad.if
  // CHECK: ad.neg
  %r = ad.load %v : !p
  %g = ad.load %f : !b
  %q = ad.if %g -> f64 {
    %n = ad.neg %r : (f64) -> f64
    ad.yield %n : f64
  } else {
    ad.yield %r : f64
  }
  ad.return %q : f64
}
