// RUN: adgen-opt %s --split-input-file --ad-inline-calls --ad-summarize-calls --ad-reverse | FileCheck %s
// A call with a derivative by hand that works on memory: the rule gets the places and their shadows, and copies of what is overwritten.

func.func private @norm(!ad.place<f64> {ad.in_memory, ad.local = #ad.local<0, "x", "double">, ad.pass = "pointer", ad.type = "const double *"}) -> f64 attributes {ad.name = "norm", ad.base = "norm", ad.return_type = "double", ad.rule_grad = @norm_grad}
func.func private @norm_grad(!ad.place<f64> {ad.in_memory, ad.local = #ad.local<0, "x", "double">, ad.parameter = 0 : i64, ad.pass = "pointer", ad.type = "const double *"}, !ad.place<f64> {ad.in_memory, ad.local = #ad.local<1, "x_bar", "double", true>, ad.of = 0 : i64, ad.out = -1 : i64, ad.pass = "pointer", ad.role = "adjoint", ad.type = "double *"}, f64 {ad.local = #ad.local<2, "seed", "double", true>, ad.role = "seed", ad.type = "double"}) attributes {ad.name = "norm_grad", ad.derivative = "reverse", ad.wrt = [0]}
func.func private @scale(!ad.place<f64> {ad.in_memory, ad.local = #ad.local<0, "y", "double">, ad.out = -1 : i64, ad.pass = "pointer", ad.type = "double *"}) attributes {ad.name = "scale", ad.base = "scale", ad.return_type = "void", ad.rule_grad = @scale_grad}
func.func private @scale_grad(!ad.place<f64> {ad.in_memory, ad.local = #ad.local<0, "y", "double">, ad.out = -1 : i64, ad.parameter = 0 : i64, ad.pass = "pointer", ad.type = "double *"}, !ad.place<f64> {ad.in_memory, ad.local = #ad.local<1, "y_bar", "double", true>, ad.of = 0 : i64, ad.out = -1 : i64, ad.pass = "pointer", ad.role = "adjoint", ad.type = "double *"}) attributes {ad.name = "scale_grad", ad.derivative = "reverse", ad.wrt = [0]}

// What is only read is passed as it is.
// CHECK-LABEL: func.func @f_grad(
// CHECK-SAME: %[[X:[a-z0-9]+]]: !ad.place<f64>
// CHECK-SAME: %[[X_BAR:[a-z0-9]+]]: !ad.place<f64>
// CHECK-SAME: %[[SEED:[a-z0-9]+]]: f64
// CHECK-NOT: @norm(
// CHECK: ad.call @norm_grad(%[[X]], %[[X_BAR]], %[[SEED]])
func.func @f(%x: !ad.place<f64> {ad.in_memory, ad.local = #ad.local<0, "x", "double">, ad.pass = "pointer", ad.type = "const double *"}) -> f64 attributes {ad.name = "f", ad.base = "f", ad.return_type = "double", ad.requests = [{mode = "reverse", wrt = [0], inactive = [], suffix = ""}]} {
  %r = ad.call @norm(%x) : (!ad.place<f64>) -> f64
  ad.return %r : f64
}

// What nobody touches behind the call is left to the rule.
// CHECK-LABEL: func.func @g_grad(
// CHECK-SAME: %[[Y:[a-z0-9]+]]: !ad.place<f64>
// CHECK-SAME: %[[Y_BAR:[a-z0-9]+]]: !ad.place<f64>
// CHECK-NOT: @scale(
// CHECK: ad.call @scale_grad(%[[Y]], %[[Y_BAR]])
func.func @g(%y: !ad.place<f64> {ad.in_memory, ad.local = #ad.local<0, "y", "double">, ad.out = -1 : i64, ad.pass = "pointer", ad.type = "double *"}) attributes {ad.name = "g", ad.base = "g", ad.return_type = "void", ad.requests = [{mode = "reverse", wrt = [0], inactive = [], suffix = ""}]} {
  ad.call @scale(%y) : (!ad.place<f64>) -> ()
  ad.return
}

// An array is copied before it is written.
// CHECK-LABEL: func.func @h_grad(
// CHECK: %[[T:.*]] = ad.var <1, "t",
// CHECK: %[[COPY:.*]] = ad.var <{{[0-9]+}}, "t_before",
// CHECK: ad.for
// CHECK: ad.call @scale(
// CHECK-NOT: 'kept
// CHECK: %[[T_BAR:.*]] = ad.var <{{[0-9]+}}, "t_bar",
// CHECK: %[[FIRST:.*]] = ad.element %[[COPY]],
// CHECK: ad.call @scale_grad(%[[FIRST]],
func.func @h(%a: f64 {ad.local = #ad.local<0, "a", "double">, ad.type = "double"}) -> f64 attributes {ad.name = "h", ad.base = "h", ad.return_type = "double", ad.requests = [{mode = "reverse", wrt = [0], inactive = [], suffix = ""}]} {
  %t = ad.var <1, "t", "double[2]"> {zero_init = " = {{}}"} : <!ad.array<2, f64>>
  %0 = ad.constant<0 : i32> : !ad.int<"int", 32, true>
  %1 = ad.constant<1 : i32> : !ad.int<"int", 32, true>
  %t0 = ad.element %t, %0 : <!ad.array<2, f64>>, !ad.int<"int", 32, true> -> <f64>
  %t1 = ad.element %t, %1 : <!ad.array<2, f64>>, !ad.int<"int", 32, true> -> <f64>
  ad.store %a, %t0 : <f64>
  ad.store %a, %t1 : <f64>
  ad.call @scale(%t0) : (!ad.place<f64>) -> ()
  %x = ad.load %t0 : <f64>
  %y = ad.load %t1 : <f64>
  %r = ad.mul %x, %y : (f64, f64) -> f64
  ad.return %r : f64
}
