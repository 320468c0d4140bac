// RUN: adgen-opt --ad-summarize-calls --ad-reverse --ad-eliminate-tape %s | FileCheck %s
// A call whose value is needed computes its partial derivatives at once; one whose value is not is reversed by a call of the adjoint.

func.func private @g(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"}) -> f64 attributes {ad.name = "g", ad.base = "g", ad.return_type = "double"} {
  %s = ad.sin %x : (f64) -> f64
  %y = ad.mul %s, %x : (f64, f64) -> f64
  ad.return %y : f64
}

// A few operations: called twice, and never with its partial derivatives.
func.func private @square(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"}) -> f64 attributes {ad.name = "square", ad.base = "square", ad.return_type = "double"} {
  %y = ad.mul %x, %x : (f64, f64) -> f64
  ad.return %y : f64
}

// CHECK-LABEL: func.func @needed_grad
func.func @needed(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"}) -> f64 attributes {ad.name = "needed", ad.base = "needed", ad.return_type = "double", ad.requests = [{mode = "reverse", wrt = [0], suffix = ""}]} {
  // CHECK: %[[G:.*]]:2 = ad.call @"g'value-and-partials 0 -> 0"(%arg0)
  // CHECK: %[[E:.*]] = ad.exp %[[G]]#0
  // CHECK: %[[BAR:.*]] = ad.mul %[[E]], %arg1
  // CHECK: %[[TERM:.*]] = ad.mul %[[G]]#1, %[[BAR]]
  // CHECK: %[[X:.*]] = ad.let %[[TERM]]
  // CHECK: ad.return %[[X]]
  %y = ad.call @g(%x) : (f64) -> f64
  %z = ad.exp %y : (f64) -> f64
  ad.return %z : f64
}

// CHECK-LABEL: func.func @linear_grad
func.func @linear(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"}, %a: f64 {ad.local = #ad.local<1, "a", "double">, ad.type = "double"}) -> f64 attributes {ad.name = "linear", ad.base = "linear", ad.return_type = "double", ad.requests = [{mode = "reverse", wrt = [0], suffix = ""}]} {
  // CHECK-NOT: ad.call @g(
  // CHECK: %[[BAR:.*]] = ad.mul %arg1, %arg2
  // CHECK: ad.call @"g'reverse 0 -> 0"(%arg0, %[[BAR]])
  %y = ad.call @g(%x) : (f64) -> f64
  %z = ad.mul %a, %y : (f64, f64) -> f64
  ad.return %z : f64
}

// CHECK-LABEL: func.func @cheap_grad
func.func @cheap(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"}) -> f64 attributes {ad.name = "cheap", ad.base = "cheap", ad.return_type = "double", ad.requests = [{mode = "reverse", wrt = [0], suffix = ""}]} {
  // CHECK: %[[Y:.*]] = ad.call @square(%arg0)
  // CHECK: %[[E:.*]] = ad.exp %[[Y]]
  // CHECK: %[[BAR:.*]] = ad.mul %[[E]], %arg1
  // CHECK: ad.call @"square'reverse 0 -> 0"(%arg0, %[[BAR]])
  %y = ad.call @square(%x) : (f64) -> f64
  %z = ad.exp %y : (f64) -> f64
  ad.return %z : f64
}

func.func private @h(%x: f64 {ad.local = #ad.local<0, "x", "double">}) -> f64 attributes {ad.name = "h", ad.rule_grad = @h_grad}
func.func private @h_grad(%x: f64, %seed: f64 {ad.role = "seed"}) -> f64 attributes {ad.name = "h_grad", ad.wrt = [0]}

// CHECK-LABEL: func.func @ruled_grad
func.func @ruled(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"}) -> f64 attributes {ad.name = "ruled", ad.base = "ruled", ad.return_type = "double", ad.requests = [{mode = "reverse", wrt = [0], suffix = ""}]} {
  // CHECK: %[[Y:.*]] = ad.call @h(%arg0)
  // CHECK: %[[E:.*]] = ad.exp %[[Y]]
  // CHECK: %[[BAR:.*]] = ad.mul %[[E]], %arg1
  // CHECK: ad.call @h_grad(%arg0, %[[BAR]])
  %y = ad.call @h(%x) : (f64) -> f64
  %z = ad.exp %y : (f64) -> f64
  ad.return %z : f64
}
