// RUN: adgen-opt --ad-inline-calls --ad-summarize-calls --ad-reverse %s | FileCheck %s
// RUN: adgen-opt --ad-inline-calls --ad-summarize-calls --ad-reverse --ad-trim-helpers %s | FileCheck %s --check-prefix=TRIMMED
// A callee that calls itself on memory leaves a frame of what its reverse sweep reads; a frame without content goes.

// x[0] *= x[1], of all from the last on: the reverse sweep reads both.
func.func @product(%x: !ad.place<f64> {ad.in_memory, ad.local = #ad.local<0, "x", "double *">, ad.pass = "pointer", ad.type = "double *", ad.out = -1 : i64}, %n: !ad.int<"int", 32, true> {ad.local = #ad.local<1, "n", "int">, ad.type = "int"}) attributes {ad.base = "product", ad.name = "product", ad.spelling = "product", ad.return_type = "void"} {
  %one = ad.constant<1 : i32> : !ad.int<"int", 32, true>
  %c = ad.cmp lt %n, %one : !ad.int<"int", 32, true>
  ad.if %c {
    ad.yield
  } else {
    %y = ad.offset %x, %one : <f64>, !ad.int<"int", 32, true>
    %m = ad.sub %n, %one : (!ad.int<"int", 32, true>, !ad.int<"int", 32, true>) -> !ad.int<"int", 32, true>
    ad.call @product(%y, %m) : (!ad.place<f64>, !ad.int<"int", 32, true>) -> ()
    %a = ad.load %x : <f64>
    %b = ad.load %y : <f64>
    %p = ad.mul %a, %b : (f64, f64) -> f64
    ad.store %p, %x : <f64>
    ad.yield
  }
  ad.return
}

// The halves of the product: what was loaded crosses, the index is computed again.
// CHECK-LABEL: func.func private @"product'reverse-sweep 0 -> forward"
// CHECK: ad.call @"product'reverse-sweep 0 -> forward"
// CHECK: ad.store
// CHECK: %[[F:.*]] = ad.pack(%{{.*}}, %{{.*}}, %{{.*}})
// CHECK: ad.return %[[F]]
// CHECK-LABEL: func.func private @"product'reverse-sweep 0 ->"(
// CHECK-NOT: ad.store %{{.*}}, %arg0
// CHECK: ad.unpack
// CHECK: ad.sub
// CHECK: ad.call @"product'reverse-sweep 0 ->"

// x[0] += x[1]: it reads nothing.
func.func @sum(%x: !ad.place<f64> {ad.in_memory, ad.local = #ad.local<0, "x", "double *">, ad.pass = "pointer", ad.type = "double *", ad.out = -1 : i64}, %n: !ad.int<"int", 32, true> {ad.local = #ad.local<1, "n", "int">, ad.type = "int"}) attributes {ad.base = "sum", ad.name = "sum", ad.spelling = "sum", ad.return_type = "void"} {
  %one = ad.constant<1 : i32> : !ad.int<"int", 32, true>
  %c = ad.cmp lt %n, %one : !ad.int<"int", 32, true>
  ad.if %c {
    ad.yield
  } else {
    %y = ad.offset %x, %one : <f64>, !ad.int<"int", 32, true>
    %m = ad.sub %n, %one : (!ad.int<"int", 32, true>, !ad.int<"int", 32, true>) -> !ad.int<"int", 32, true>
    ad.call @sum(%y, %m) : (!ad.place<f64>, !ad.int<"int", 32, true>) -> ()
    %a = ad.load %x : <f64>
    %b = ad.load %y : <f64>
    %p = ad.add %a, %b : (f64, f64) -> f64
    ad.store %p, %x : <f64>
    ad.yield
  }
  ad.return
}

// CHECK-LABEL: func.func @f_grad
// CHECK: %[[P:.*]] = ad.call @"product'reverse-sweep 0 -> forward"(%arg0, %arg1)
// CHECK: %[[S:.*]] = ad.call @"sum'reverse-sweep 0 -> forward"(%arg0, %arg1)
// CHECK: ad.call @"sum'reverse-sweep 0 ->"(%arg1, %[[S]], %arg2)
// CHECK: ad.call @"product'reverse-sweep 0 ->"(%arg1, %[[P]], %arg2)
// TRIMMED-LABEL: func.func @f_grad
// TRIMMED: %[[P:.*]] = ad.call @"product'reverse-sweep 0 -> forward"(%arg0, %arg1)
// TRIMMED: ad.call @sum(%arg0, %arg1)
// TRIMMED: ad.call @"sum'reverse-sweep 0 ->"(%arg1, %arg2)
// TRIMMED: ad.call @"product'reverse-sweep 0 ->"(%arg1, %[[P]], %arg2)
func.func @f(%x: !ad.place<f64> {ad.in_memory, ad.local = #ad.local<0, "x", "double *">, ad.pass = "pointer", ad.type = "double *", ad.out = -1 : i64}, %n: !ad.int<"int", 32, true> {ad.local = #ad.local<1, "n", "int">, ad.type = "int"}) attributes {ad.base = "f", ad.name = "f", ad.return_type = "void", ad.requests = [{mode = "reverse", wrt = [0]}]} {
  ad.call @product(%x, %n) : (!ad.place<f64>, !ad.int<"int", 32, true>) -> ()
  ad.call @sum(%x, %n) : (!ad.place<f64>, !ad.int<"int", 32, true>) -> ()
  ad.return
}

