// RUN: adgen-opt --ad-summarize-calls --ad-forward %s | FileCheck %s
// A call becomes one of the callee's tangent, which computes the value as well; a call through which no derivative flows stays.

// CHECK: func.func private @"g'forward 0 -> 0"(%arg0: f64 {{.*}}, %arg1: f64 {{.*}}, %arg2: f64 {{.*}}ad.role = "tangent"{{.*}}) -> (f64 {ad.member = "value"{{.*}}}, f64 {ad.member = "dot"
func.func private @g(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"}, %a: f64 {ad.local = #ad.local<1, "a", "double">, ad.type = "double"}) -> f64 attributes {ad.name = "g", ad.base = "g", ad.return_type = "double"} {
  %y = ad.mul %x, %a : (f64, f64) -> f64
  ad.return %y : f64
}

// CHECK-LABEL: func.func @f_jvp
func.func @f(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"}, %a: f64 {ad.local = #ad.local<1, "a", "double">, ad.type = "double"}) -> f64 attributes {ad.name = "f", ad.base = "f", ad.return_type = "double", ad.requests = [{mode = "forward", wrt = [0], suffix = ""}]} {
  // CHECK: %[[PASSIVE:.*]] = ad.call @g(%arg1, %arg1)
  %w = ad.call @g(%a, %a) : (f64, f64) -> f64
  // CHECK: %[[Y:.*]]:2 = ad.call @"g'forward 0 -> 0"(%arg0, %[[PASSIVE]], %arg2)
  %y = ad.call @g(%x, %w) : (f64, f64) -> f64
  // CHECK: ad.return %[[Y]]#0, %[[Y]]#1
  ad.return %y : f64
}
