// RUN: adgen-opt --ad-promote-variables %s | FileCheck %s
// A variable that a branch assigns becomes a result with the variable's name; an assignment becomes a let.

!p = !ad.place<f64>

// CHECK-LABEL: func.func @assigned_in_one_branch
func.func @assigned_in_one_branch(%c: i1, %x: f64) -> f64 {
  %v = ad.var <2, "v", "double"> : !p
  // CHECK: %[[V:.*]] = ad.let %arg1 <2, "v", "double">
  ad.store %x, %v : !p
  // CHECK: %[[R:.*]] = ad.if %arg0 -> f64 {
  // CHECK:   %[[N:.*]] = ad.neg %[[V]]
  // CHECK:   %[[L:.*]] = ad.let %[[N]] <2, "v", "double">
  // CHECK:   ad.yield %[[L]]
  // CHECK: } else {
  // CHECK:   ad.yield %[[V]]
  // CHECK: } {locals = [#ad.local<2, "v", "double">]}
  // CHECK: ad.return %[[R]]
  ad.if %c {
    %a = ad.load %v : !p
    %n = ad.neg %a : (f64) -> f64
    ad.store %n, %v : !p
    ad.yield
  } else {
    ad.yield
  }
  %r = ad.load %v : !p
  ad.return %r : f64
}

// What nobody reads after the branch is no result of it.
// CHECK-LABEL: func.func @dead_after_branch
func.func @dead_after_branch(%c: i1, %x: f64) -> f64 {
  %v = ad.var <2, "v", "double"> : !p
  // CHECK-NEXT: ad.return %arg1
  ad.if %c {
    ad.store %x, %v : !p
    ad.yield
  } else {
    ad.yield
  }
  ad.return %x : f64
}

// A parameter in its own variable is the argument; an uninitialized variable is undefined.
// CHECK-LABEL: func.func @parameter
func.func @parameter(%c: i1, %x: f64 {ad.local = #ad.local<1, "x", "double">}) -> (f64, f64) {
  %v = ad.var <1, "x", "double"> : !p
  %w = ad.var <2, "w", "double"> : !p
  ad.store %x, %v : !p
  %a = ad.load %v : !p
  %b = ad.load %w : !p
  // CHECK-NEXT: %[[U:.*]] = ad.undef
  // CHECK-NEXT: ad.return %arg1, %[[U]]
  ad.return %a, %b : f64, f64
}

// A result that `?:` had before keeps its place.
// CHECK-LABEL: func.func @expression
func.func @expression(%c: i1, %x: f64) -> f64 {
  %v = ad.var <2, "v", "double"> : !p
  ad.store %x, %v : !p
  // CHECK: %[[R:.*]]:2 = ad.if %arg0 -> f64, f64 {
  // CHECK: } {expression, locals = [unit, #ad.local<2, "v", "double">]}
  %e = ad.if %c -> f64 {
    %n = ad.neg %x : (f64) -> f64
    ad.store %n, %v : !p
    ad.yield %n : f64
  } else {
    %s = ad.sin %x : (f64) -> f64
    ad.yield %s : f64
  } {expression}
  %r = ad.load %v : !p
  // CHECK: ad.add %[[R]]#0, %[[R]]#1
  %t = ad.add %e, %r : (f64, f64) -> f64
  ad.return %t : f64
}
