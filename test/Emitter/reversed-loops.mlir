// RUN: adgen-opt --emit-cpp %s | FileCheck %s
// Reversed loops neither wrap around nor overflow, and run no trip where the forward loop ran none.
!int = !ad.int<"int", 32, true>
!unsigned = !ad.int<"unsigned int", 32, false>
func.func @f(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"},
             %n: !int {ad.local = #ad.local<1, "n", "int">, ad.type = "int"},
             %m: !unsigned {ad.local = #ad.local<2, "m", "unsigned">, ad.type = "unsigned"})
    -> (f64 {ad.member = "value"})
    attributes {ad.base = "f", ad.derivative = "forward", ad.name = "f",
                ad.return_type = "double", ad.suffix = "", ad.wrt = [0]} {
  %0 = ad.constant<0 : i32> : !int
  %u = ad.constant<0 : i32> : !unsigned
  // CHECK: for (int i = n - 1; i >= 0; --i)
  %1 = ad.for <3, "i", "int"> = %0 lt %n step 1 reversed carry(%x) : !int, !int, (f64) -> f64 {
  ^bb0(%i: !int, %a: f64):
    %b = ad.sin %a : (f64) -> f64
    ad.yield %b : f64
  } {locals = [#ad.local<0, "x", "double">]}
  // CHECK: for (int i = n; i >= 0; --i)
  %2 = ad.for <3, "i", "int"> = %0 le %n step 1 reversed carry(%1) : !int, !int, (f64) -> f64 {
  ^bb0(%i: !int, %a: f64):
    %b = ad.sin %a : (f64) -> f64
    ad.yield %b : f64
  } {locals = [#ad.local<0, "x", "double">]}
  // CHECK: for (int i = 1; i <= n; ++i)
  %3 = ad.for <3, "i", "int"> = %n gt %0 step -1 reversed carry(%2) : !int, !int, (f64) -> f64 {
  ^bb0(%i: !int, %a: f64):
    %b = ad.sin %a : (f64) -> f64
    ad.yield %b : f64
  } {locals = [#ad.local<0, "x", "double">]}
  // CHECK: for (unsigned i = m; i-- > 0;)
  %4 = ad.for <3, "i", "unsigned"> = %u lt %m step 1 reversed carry(%3) : !unsigned, !unsigned, (f64) -> f64 {
  ^bb0(%i: !unsigned, %a: f64):
    %b = ad.sin %a : (f64) -> f64
    ad.yield %b : f64
  } {locals = [#ad.local<0, "x", "double">]}
  // CHECK:      for (int trip = n > 0 ? (n - 1) / 2 + 1 : 0; trip-- > 0;) {
  // CHECK-NEXT:   const int i = trip * 2;
  // CHECK-NEXT:   x = std::sin(i * x);
  %5 = ad.for <3, "i", "int"> = %0 lt %n step 2 reversed carry(%4) : !int, !int, (f64) -> f64 {
  ^bb0(%i: !int, %a: f64):
    %c = ad.cast %i : !int to f64
    %d = ad.mul %c, %a : (f64, f64) -> f64
    %b = ad.sin %d : (f64) -> f64
    ad.yield %b : f64
  } {locals = [#ad.local<0, "x", "double">]}
  ad.return %5 : f64
}
