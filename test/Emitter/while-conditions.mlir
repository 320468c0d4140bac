// RUN: adgen-opt --emit-cpp %s | FileCheck %s
// Conditions that change something stay conditions; exits of the body are breaks.
!int = !ad.int<"int", 32, true>
func.func @f(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"},
             %n: !int {ad.local = #ad.local<1, "n", "int">, ad.type = "int"})
    -> (f64 {ad.member = "value"})
    attributes {ad.base = "f", ad.derivative = "forward", ad.name = "f",
                ad.return_type = "double", ad.suffix = "", ad.wrt = [0]} {
  %true = ad.constant<true> : i1
  %one = ad.constant<1 : i32> : !int
  %zero = ad.constant<0 : i32> : !int
  %limit = ad.constant<9.0 : f64> : f64
  // CHECK:      while (n-- > 0) {
  // CHECK-NEXT:   x = std::sin(x);
  // CHECK-NEXT:   if (x > 9)
  // CHECK-NEXT:     break;
  // CHECK-NEXT:   x *= x;
  // CHECK-NEXT: }
  %0:2 = ad.while "while" carry(%x, %n) : (f64, !int) -> (f64, !int)
  head {
  ^bb0(%a: f64, %k: !int):
    %1 = ad.sub %k, %one : (!int, !int) -> !int
    %2 = ad.let %1 <1, "n", "int"> : !int
    %3 = ad.cmp gt %k, %zero : !int
    ad.next %3 %a, %2 : f64, !int
  } body {
  ^bb0(%a: f64, %k: !int):
    %4 = ad.sin %a : (f64) -> f64
    %5 = ad.let %4 <0, "x", "double"> : f64
    %6 = ad.cmp gt %5, %limit : f64
    %7:2 = ad.if %6 -> i1, f64 {
      %false = ad.constant<false> : i1
      ad.yield %false, %5 : i1, f64
    } else {
      %8 = ad.mul %5, %5 : (f64, f64) -> f64
      %9 = ad.let %8 <0, "x", "double"> : f64
      %yes = ad.constant<true> : i1
      ad.yield %yes, %9 : i1, f64
    }
    ad.next %7#0 %7#1, %k : f64, !int
  } step {
  ^bb0(%a: f64, %k: !int):
    ad.next %true %a, %k : f64, !int
  } {locals = [#ad.local<0, "x", "double">, #ad.local<1, "n", "int">]}
  // CHECK:      do {
  // CHECK-NEXT:   x = std::exp(x);
  // CHECK-NEXT: } while (--n > 0);
  %10:2 = ad.while "do" carry(%0#0, %0#1) : (f64, !int) -> (f64, !int)
  head {
  ^bb0(%a: f64, %k: !int):
    ad.next %true %a, %k : f64, !int
  } body {
  ^bb0(%a: f64, %k: !int):
    %11 = ad.exp %a : (f64) -> f64
    %12 = ad.let %11 <0, "x", "double"> : f64
    ad.next %true %12, %k : f64, !int
  } step {
  ^bb0(%a: f64, %k: !int):
    %13 = ad.sub %k, %one : (!int, !int) -> !int
    %14 = ad.let %13 <1, "n", "int"> : !int
    %15 = ad.cmp gt %14, %zero : !int
    ad.next %15 %a, %14 : f64, !int
  } {locals = [#ad.local<0, "x", "double">, #ad.local<1, "n", "int">]}
  ad.return %10#0 : f64
}
