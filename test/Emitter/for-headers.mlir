// RUN: adgen-opt --emit-cpp %s | FileCheck %s
// A loop that was a `for` gets its header back, and the tape's counter its place in the index.
!int = !ad.int<"int", 32, true>
func.func @f(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"})
    -> (f64 {ad.member = "x"})
    attributes {ad.base = "f", ad.derivative = "reverse", ad.name = "f",
                ad.return_type = "double", ad.suffix = "", ad.wrt = [0]} {
  %true = ad.constant<true> : i1
  %zero = ad.constant<0 : i32> : !int
  %one = ad.constant<1 : i32> : !int
  %two = ad.constant<2 : i32> : !int
  %100 = ad.constant<100 : i32> : !int
  // CHECK:      double x_tape[100];
  // CHECK-NEXT: int trips = 0;
  // CHECK-NEXT: for (int k = 1; k < 100; k *= 2) {
  // CHECK-NEXT:   x_tape[trips++] = x;
  // CHECK-NEXT:   x = std::sin(x);
  // CHECK-NEXT: }
  %tape = ad.tape %100 : !int <7, "x_tape", "double", true> -> <f64>
  %0:3 = ad.while "for" carry(%x, %one, %zero) : (f64, !int, !int) -> (f64, !int, !int)
  head {
  ^bb0(%a: f64, %k: !int, %t: !int):
    %1 = ad.cmp lt %k, %100 : !int
    ad.next %1 %a, %k, %t : f64, !int, !int
  } body {
  ^bb0(%a: f64, %k: !int, %t: !int):
    ad.record %a, %tape[%t] : f64, <f64>, !int
    %2 = ad.sin %a : (f64) -> f64
    %3 = ad.let %2 <0, "x", "double"> : f64
    %4 = ad.add %t, %one : (!int, !int) -> !int
    ad.next %true %3, %k, %4 : f64, !int, !int
  } step {
  ^bb0(%a: f64, %k: !int, %t: !int):
    %5 = ad.mul %k, %two : (!int, !int) -> !int
    %6 = ad.let %5 <3, "k", "int"> : !int
    ad.next %true %a, %6, %t : f64, !int, !int
  } {locals = [#ad.local<0, "x", "double">, #ad.local<3, "k", "int">, #ad.local<4, "trips", "int", true>]}
  // CHECK: for (int trip = trips - 1; trip >= 0; --trip) {
  // CHECK-NEXT: x = x_tape[trip];
  %r = ad.for <5, "trip", "int", true> = %zero lt %0#2 step 1 reversed carry(%0#0) : !int, !int, (f64) -> f64 {
  ^bb0(%i: !int, %b: f64):
    %p = ad.playback %tape[%i] as <0, "x", "double"> : <f64>, !int -> f64
    %7 = ad.cos %p : (f64) -> f64
    %8 = ad.mul %7, %b : (f64, f64) -> f64
    ad.yield %8 : f64
  } {locals = [#ad.local<6, "x_bar", "double", true>]}
  ad.return %r : f64
}
