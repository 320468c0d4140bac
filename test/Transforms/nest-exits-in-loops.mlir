// RUN: adgen-opt --ad-nest-exits %s | FileCheck %s
// What follows an exit moves under the branch that goes on; a flag stands only where paths join.

!p = !ad.place<f64>

// CHECK-LABEL: func.func @break_moves_tail
func.func @break_moves_tail(%c: i1, %x: f64) -> f64 {
  %v = ad.var <1, "v", "double"> : !p
  ad.store %x, %v : !p
  // CHECK: body {
  // CHECK: %[[GO:.*]] = ad.var <{{.*}}, "go", "bool", true>
  // CHECK-NOT: ad.var
  // CHECK: ad.if %arg0 {
  // CHECK:   ad.store %{{.*}}, %[[GO]]
  // CHECK-NEXT: ad.yield
  // CHECK: } else {
  // CHECK:   ad.neg
  // CHECK:   ad.yield
  // CHECK: %[[LAST:.*]] = ad.load %[[GO]]
  // CHECK: ad.next %[[LAST]]
  ad.while "while" carry() : () -> () head {
    %t = ad.constant<true> : i1
    ad.next %t
  } body {
    ad.if %c {
      ad.break
    } else {
      ad.yield
    }
    %a = ad.load %v : !p
    %n = ad.neg %a : (f64) -> f64
    ad.store %n, %v : !p
    %t = ad.constant<true> : i1
    ad.next %t
  } step {
    %t = ad.constant<true> : i1
    ad.next %t
  }
  %r = ad.load %v : !p
  // CHECK: ad.return %{{.*}} : f64
  ad.return %r : f64
}

// CHECK-LABEL: func.func @join_needs_flag
func.func @join_needs_flag(%c: i1, %d: i1, %x: f64) -> f64 {
  %v = ad.var <1, "v", "double"> : !p
  ad.store %x, %v : !p
  // CHECK: body {
  // CHECK: %[[LEFT:.*]] = ad.var <{{.*}}, "left", "bool", true>
  // CHECK: ad.if %arg0 {
  // CHECK:   ad.if %arg1 {
  // CHECK:     %[[T:.*]] = ad.constant<true>
  // CHECK:     ad.store %[[T]], %[[LEFT]]
  // CHECK: %[[L:.*]] = ad.load %[[LEFT]]
  // CHECK: ad.if %[[L]] {
  // CHECK-NEXT: ad.yield
  // CHECK: } else {
  // CHECK: ad.neg
  ad.while "while" carry() : () -> () head {
    ad.next %d
  } body {
    ad.if %c {
      ad.if %d {
        ad.continue
      } else {
        ad.yield
      }
      ad.store %x, %v : !p
      ad.yield
    } else {
      ad.yield
    }
    %a = ad.load %v : !p
    %n = ad.neg %a : (f64) -> f64
    ad.store %n, %v : !p
    %t = ad.constant<true> : i1
    ad.next %t
  } step {
    %t = ad.constant<true> : i1
    ad.next %t
  }
  %r = ad.load %v : !p
  ad.return %r : f64
}
