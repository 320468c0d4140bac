// RUN: adgen-opt --ad-raise-counted-loops %s | FileCheck %s
// Loops that could wrap around, or that something else ends, are counted when they run.

!i = !ad.int<"int", 32, true>
!u = !ad.int<"unsigned int", 32, false>

// The body may leave; the bound is hoisted all the same.
// CHECK-LABEL: func.func @with_exit
// CHECK: %[[M:.*]] = ad.neg
// CHECK: ad.while
// CHECK: ad.cmp lt %{{.*}}, %[[M]]
func.func @with_exit(%x: f64, %n: !i, %c: i1) -> f64 {
  %zero = ad.constant<0 : i32> : !i
  %t = ad.constant<true> : i1
  %s:2 = ad.while "for" carry(%x, %zero) : (f64, !i) -> (f64, !i) head {
  ^bb0(%a: f64, %i: !i):
    %m = ad.neg %n : (!i) -> !i
    %g = ad.cmp lt %i, %m : !i
    ad.next %g %a, %i : f64, !i
  } body {
  ^bb0(%a: f64, %i: !i):
    %b = ad.sin %a : (f64) -> f64
    %v = ad.let %b <2, "v", "double"> : f64
    ad.next %c %v, %i : f64, !i
  } step {
  ^bb0(%a: f64, %i: !i):
    %one = ad.constant<1 : i32> : !i
    %j = ad.add %i, %one : (!i, !i) -> !i
    %k = ad.let %j <3, "k", "int"> : !i
    ad.next %t %a, %k : f64, !i
  } {locals = [#ad.local<2, "v", "double">, #ad.local<3, "k", "int">]}
  ad.return %s#0 : f64
}

// `i >= 0` of an unsigned number holds always.
// CHECK-LABEL: func.func @always_true
// CHECK: ad.while
func.func @always_true(%x: f64, %n: !u, %c: i1) -> f64 {
  %zero = ad.constant<0 : i32> : !u
  %t = ad.constant<true> : i1
  %s:2 = ad.while "for" carry(%x, %n) : (f64, !u) -> (f64, !u) head {
  ^bb0(%a: f64, %i: !u):
    %g = ad.cmp ge %i, %zero : !u
    ad.next %g %a, %i : f64, !u
  } body {
  ^bb0(%a: f64, %i: !u):
    %b = ad.sin %a : (f64) -> f64
    %v = ad.let %b <2, "v", "double"> : f64
    ad.next %t %v, %i : f64, !u
  } step {
  ^bb0(%a: f64, %i: !u):
    %one = ad.constant<1 : i32> : !u
    %j = ad.sub %i, %one : (!u, !u) -> !u
    %k = ad.let %j <3, "k", "unsigned"> : !u
    ad.next %t %a, %k : f64, !u
  } {locals = [#ad.local<2, "v", "double">, #ad.local<3, "k", "unsigned">]}
  ad.return %s#0 : f64
}

// From an odd number down to zero in steps of two it jumps over zero.
// CHECK-LABEL: func.func @jumps_over_zero
// CHECK: ad.while
func.func @jumps_over_zero(%x: f64, %n: !u, %c: i1) -> f64 {
  %zero = ad.constant<0 : i32> : !u
  %t = ad.constant<true> : i1
  %s:2 = ad.while "for" carry(%x, %n) : (f64, !u) -> (f64, !u) head {
  ^bb0(%a: f64, %i: !u):
    %g = ad.cmp gt %i, %zero : !u
    ad.next %g %a, %i : f64, !u
  } body {
  ^bb0(%a: f64, %i: !u):
    %b = ad.sin %a : (f64) -> f64
    %v = ad.let %b <2, "v", "double"> : f64
    ad.next %t %v, %i : f64, !u
  } step {
  ^bb0(%a: f64, %i: !u):
    %one = ad.constant<2 : i32> : !u
    %j = ad.sub %i, %one : (!u, !u) -> !u
    %k = ad.let %j <3, "k", "unsigned"> : !u
    ad.next %t %a, %k : f64, !u
  } {locals = [#ad.local<2, "v", "double">, #ad.local<3, "k", "unsigned">]}
  ad.return %s#0 : f64
}

// Unsigned and unequal, from anywhere: it may wrap around to get there.
// CHECK-LABEL: func.func @unequal_downwards
// CHECK: ad.while
func.func @unequal_downwards(%x: f64, %n: !u, %c: i1) -> f64 {
  %zero = ad.constant<0 : i32> : !u
  %t = ad.constant<true> : i1
  %s:2 = ad.while "for" carry(%x, %zero) : (f64, !u) -> (f64, !u) head {
  ^bb0(%a: f64, %i: !u):
    %g = ad.cmp ne %i, %n : !u
    ad.next %g %a, %i : f64, !u
  } body {
  ^bb0(%a: f64, %i: !u):
    %b = ad.sin %a : (f64) -> f64
    %v = ad.let %b <2, "v", "double"> : f64
    ad.next %t %v, %i : f64, !u
  } step {
  ^bb0(%a: f64, %i: !u):
    %one = ad.constant<1 : i32> : !u
    %j = ad.sub %i, %one : (!u, !u) -> !u
    %k = ad.let %j <3, "k", "unsigned"> : !u
    ad.next %t %a, %k : f64, !u
  } {locals = [#ad.local<2, "v", "double">, #ad.local<3, "k", "unsigned">]}
  ad.return %s#0 : f64
}

// The step leads away from the bound.
// CHECK-LABEL: func.func @wrong_direction
// CHECK: ad.while
func.func @wrong_direction(%x: f64, %n: !i, %c: i1) -> f64 {
  %zero = ad.constant<0 : i32> : !i
  %t = ad.constant<true> : i1
  %s:2 = ad.while "for" carry(%x, %zero) : (f64, !i) -> (f64, !i) head {
  ^bb0(%a: f64, %i: !i):
    %g = ad.cmp lt %i, %n : !i
    ad.next %g %a, %i : f64, !i
  } body {
  ^bb0(%a: f64, %i: !i):
    %b = ad.sin %a : (f64) -> f64
    %v = ad.let %b <2, "v", "double"> : f64
    ad.next %t %v, %i : f64, !i
  } step {
  ^bb0(%a: f64, %i: !i):
    %one = ad.constant<1 : i32> : !i
    %j = ad.sub %i, %one : (!i, !i) -> !i
    %k = ad.let %j <3, "k", "int"> : !i
    ad.next %t %a, %k : f64, !i
  } {locals = [#ad.local<2, "v", "double">, #ad.local<3, "k", "int">]}
  ad.return %s#0 : f64
}
