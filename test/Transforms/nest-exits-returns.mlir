// RUN: adgen-opt --ad-nest-exits %s | FileCheck %s
// Several returns become stores into one variable; one in a loop is asked for once, behind the loop.

!p = !ad.place<f64>

// CHECK-LABEL: func.func @early
func.func @early(%c: i1, %x: f64) -> f64 attributes {ad.return_type = "double"} {
  // CHECK: %[[RESULT:.*]] = ad.var <0, "result", "double", true>
  // CHECK-NOT: ad.var
  // CHECK: ad.if %arg0 {
  // CHECK-NEXT: ad.store %arg1, %[[RESULT]]
  // CHECK: } else {
  // CHECK: %[[N:.*]] = ad.neg
  // CHECK: ad.store %[[N]], %[[RESULT]]
  ad.if %c {
    ad.return %x : f64
  } else {
    ad.yield
  }
  %n = ad.neg %x : (f64) -> f64
  // CHECK: %[[R:.*]] = ad.load %[[RESULT]]
  // CHECK-NEXT: ad.return %[[R]]
  ad.return %n : f64
}

// CHECK-LABEL: func.func @from_nested_loops
func.func @from_nested_loops(%c: i1, %x: f64) -> f64 {
  // CHECK: %[[RETURNED:.*]] = ad.var <{{.*}}, "returned", "bool", true>
  // CHECK: ad.while "while"
  // CHECK:   %[[GO:.*]] = ad.var <{{.*}}, "go"
  // CHECK:   ad.while "for"
  // CHECK:     %[[INNER:.*]] = ad.var <{{.*}}, "go"
  // CHECK:     ad.if %arg0 {
  // CHECK:       ad.store %{{.*}}, %[[RETURNED]]
  // CHECK-NOT:   %[[GO]]
  // CHECK:       ad.store %{{.*}}, %[[INNER]]
  // CHECK:   %[[LEAVE:.*]] = ad.load %[[RETURNED]]
  // CHECK:   ad.if %[[LEAVE]] {
  // CHECK:     ad.store %{{.*}}, %[[GO]]
  // CHECK: %[[LEAVE:.*]] = ad.load %[[RETURNED]]
  // CHECK: ad.if %[[LEAVE]] {
  // CHECK-NEXT: ad.yield
  // CHECK: } else {
  // CHECK: ad.neg
  ad.while "while" carry() : () -> () head {
    ad.next %c
  } body {
    ad.while "for" carry() : () -> () head {
      ad.next %c
    } body {
      ad.if %c {
        ad.return %x : f64
      } else {
        ad.yield
      }
      %t = ad.constant<true> : i1
      ad.next %t
    } step {
      %t = ad.constant<true> : i1
      ad.next %t
    }
    %t = ad.constant<true> : i1
    ad.next %t
  } step {
    %t = ad.constant<true> : i1
    ad.next %t
  }
  %n = ad.neg %x : (f64) -> f64
  ad.return %n : f64
}
