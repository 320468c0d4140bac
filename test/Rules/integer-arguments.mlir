// RUN: adgen-opt --ad-reverse %s | FileCheck %s
// Orders compute as unsigned integers, never below 0, and become real where they meet a real: 2 n H_{n-1}(x).

// CHECK-LABEL: @h_grad
// CHECK-SAME: %[[N:[a-z0-9]+]]: !ad.int
// CHECK-SAME: %[[X:[a-z0-9]+]]: f32
// CHECK: %[[FACTOR:.*]] = ad.mul %{{.*}}, %[[N]] {{.*}} -> !ad.int<"unsigned int", 32, false>
// CHECK: %[[ZERO:.*]] = ad.cmp eq %[[N]]
// CHECK: %[[LESS:.*]] = ad.sub %[[N]]
// CHECK: %[[ORDER:.*]] = ad.select %[[ZERO]], %{{.*}}, %[[LESS]] : !ad.int
// CHECK: %[[H:.*]] = ad.hermite %[[ORDER]], %[[X]]
// CHECK: %[[REAL:.*]] = ad.cast %[[FACTOR]] {{.*}} to f32
// CHECK: ad.mul %[[REAL]], %[[H]]
func.func @h(%n: !ad.int<"unsigned int", 32, false> {ad.local = #ad.local<0, "n", "unsigned">, ad.type = "unsigned"}, %x: f32 {ad.local = #ad.local<1, "x", "float">, ad.type = "float"}) -> f32 attributes {
    ad.name = "h", ad.base = "h", ad.namespace = [], ad.file = "t.cpp", ad.line = 1 : i64, ad.return_type = "double",
    ad.requests = [{mode = "reverse", wrt = [1], inactive = [], suffix = ""}]} {
  %y = ad.hermite %n, %x : (!ad.int<"unsigned int", 32, false>, f32) -> f32
  ad.return %y : f32
}
