// RUN: adgen-opt --emit-cpp %s | FileCheck %s
// A flag that only says how the loop was left is the return that it leads to.
!int = !ad.int<"int", 32, true>
func.func @f(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"},
             %n: !int {ad.local = #ad.local<1, "n", "int">, ad.type = "int"})
    -> (f64 {ad.member = "value"})
    attributes {ad.base = "f", ad.derivative = "forward", ad.name = "f",
                ad.return_type = "double", ad.suffix = "", ad.wrt = [0]} {
  // CHECK:      double f_jvp(double x, int n) {
  // CHECK-NEXT:   while (n > 0) {
  // CHECK-NEXT:     x = std::sin(x);
  // CHECK-NEXT:     if (x > 9)
  // CHECK-NEXT:       return x / n;
  // CHECK-NEXT:     --n;
  // CHECK-NEXT:   }
  // CHECK-NEXT:   return std::exp(x);
  // CHECK-NEXT: }
  %true = ad.constant<true> : i1
  %false = ad.constant<false> : i1
  %one = ad.constant<1 : i32> : !int
  %zero = ad.constant<0 : i32> : !int
  %limit = ad.constant<9.0 : f64> : f64
  %u = ad.undef : f64
  %0:4 = ad.while "while" carry(%x, %n, %u, %false) : (f64, !int, f64, i1) -> (f64, !int, f64, i1)
  head {
  ^bb0(%a: f64, %k: !int, %r: f64, %f: i1):
    %1 = ad.cmp gt %k, %zero : !int
    ad.next %1 %a, %k, %r, %f : f64, !int, f64, i1
  } body {
  ^bb0(%a: f64, %k: !int, %r: f64, %f: i1):
    %2 = ad.sin %a : (f64) -> f64
    %3 = ad.let %2 <0, "x", "double"> : f64
    %4 = ad.cmp gt %3, %limit : f64
    %5:4 = ad.if %4 -> i1, !int, f64, i1 {
      %6 = ad.cast %k : !int to f64
      %7 = ad.div %3, %6 : (f64, f64) -> f64
      ad.yield %false, %k, %7, %true : i1, !int, f64, i1
    } else {
      %8 = ad.sub %k, %one : (!int, !int) -> !int
      %9 = ad.let %8 <1, "n", "int"> : !int
      ad.yield %true, %9, %r, %false : i1, !int, f64, i1
    }
    ad.next %5#0 %3, %5#1, %5#2, %5#3 : f64, !int, f64, i1
  } step {
  ^bb0(%a: f64, %k: !int, %r: f64, %f: i1):
    ad.next %true %a, %k, %r, %f : f64, !int, f64, i1
  } {locals = [#ad.local<0, "x", "double">, #ad.local<1, "n", "int">,
               #ad.local<2, "result", "double", true>, #ad.local<3, "returned", "bool", true>]}
  %10 = ad.if %0#3 -> f64 {
    ad.yield %0#2 : f64
  } else {
    %11 = ad.exp %0#0 : (f64) -> f64
    ad.yield %11 : f64
  } {locals = [#ad.local<2, "result", "double", true>]}
  ad.return %10 : f64
}
