// RUN: adgen-opt --ad-raise-counted-loops %s | FileCheck %s
// Headers that count become ad.for, whichever way the comparison is written.

!i = !ad.int<"int", 32, true>
!u = !ad.int<"unsigned int", 32, false>

// CHECK-LABEL: func.func @upwards
// CHECK: ad.for <3, "k", "int"> = %{{.*}} lt %arg1 step 1 carry(%arg0)
// CHECK-NEXT: ^bb0(%{{.*}}: !ad.int<"int", 32, true>, %[[A:.*]]: f64):
// CHECK: ad.sin %[[A]]
// CHECK-NOT: ad.add
// CHECK: locals = [#ad.local<2, "v", "double">]
func.func @upwards(%x: f64, %n: !i, %c: i1) -> f64 {
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
    %j = ad.add %i, %one : (!i, !i) -> !i
    %k = ad.let %j <3, "k", "int"> : !i
    ad.next %t %a, %k : f64, !i
  } {locals = [#ad.local<2, "v", "double">, #ad.local<3, "k", "int">]}
  ad.return %s#0 : f64
}

// The bound is computed once, in front of the loop.
// CHECK-LABEL: func.func @mirrored_with_computed_bound
// CHECK: %[[M:.*]] = ad.neg %arg1
// CHECK: ad.for <3, "k", "int"> = %{{.*}} le %[[M]] step 2
func.func @mirrored_with_computed_bound(%x: f64, %n: !i, %c: i1) -> f64 {
  %zero = ad.constant<0 : i32> : !i
  %t = ad.constant<true> : i1
  %s:2 = ad.while "for" carry(%x, %zero) : (f64, !i) -> (f64, !i) head {
  ^bb0(%a: f64, %i: !i):
    %m = ad.neg %n : (!i) -> !i
    %g = ad.cmp ge %m, %i : !i
    ad.next %g %a, %i : f64, !i
  } body {
  ^bb0(%a: f64, %i: !i):
    %b = ad.sin %a : (f64) -> f64
    %v = ad.let %b <2, "v", "double"> : f64
    ad.next %t %v, %i : f64, !i
  } step {
  ^bb0(%a: f64, %i: !i):
    %one = ad.constant<2 : i32> : !i
    %j = ad.add %i, %one : (!i, !i) -> !i
    %k = ad.let %j <3, "k", "int"> : !i
    ad.next %t %a, %k : f64, !i
  } {locals = [#ad.local<2, "v", "double">, #ad.local<3, "k", "int">]}
  ad.return %s#0 : f64
}

// CHECK-LABEL: func.func @downwards
// CHECK: ad.for <3, "k", "unsigned"> = %arg1 gt %{{.*}} step -1
func.func @downwards(%x: f64, %n: !u, %c: i1) -> f64 {
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
    %one = ad.constant<1 : i32> : !u
    %j = ad.sub %i, %one : (!u, !u) -> !u
    %k = ad.let %j <3, "k", "unsigned"> : !u
    ad.next %t %a, %k : f64, !u
  } {locals = [#ad.local<2, "v", "double">, #ad.local<3, "k", "unsigned">]}
  ad.return %s#0 : f64
}

// Unsigned, from zero upwards: it meets every bound.
// CHECK-LABEL: func.func @unequal
// CHECK: ad.for <3, "k", "unsigned"> = %{{.*}} lt %arg1 step 1
func.func @unequal(%x: f64, %n: !u, %c: i1) -> f64 {
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
    %j = ad.add %i, %one : (!u, !u) -> !u
    %k = ad.let %j <3, "k", "unsigned"> : !u
    ad.next %t %a, %k : f64, !u
  } {locals = [#ad.local<2, "v", "double">, #ad.local<3, "k", "unsigned">]}
  ad.return %s#0 : f64
}
