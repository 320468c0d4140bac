// RUN: adgen-opt --emit-cpp %s | FileCheck %s
// A variable's old content that is still needed beside the new one has a variable of its own.
!int = !ad.int<"int", 32, true>
func.func @f(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"},
             %n: !int {ad.local = #ad.local<1, "n", "int">, ad.type = "int"})
    -> (f64 {ad.member = "value"})
    attributes {ad.base = "f", ad.derivative = "forward", ad.name = "f",
                ad.return_type = "double", ad.suffix = "", ad.wrt = [0]} {
  %0 = ad.constant<0 : i32> : !int
  %zero = ad.constant<0.0 : f64> : f64
  // The last but one value of x.
  // CHECK:      double last = 0;
  // CHECK-NEXT: for (int i = 0; i < n; ++i) {
  // CHECK-NEXT:   last = x;
  // CHECK-NEXT:   x = std::sin(x);
  // CHECK-NEXT: }
  // CHECK-NEXT: return x - last;
  %1:2 = ad.for <3, "i", "int"> = %0 lt %n step 1 carry(%x, %zero) : !int, !int, (f64, f64) -> (f64, f64) {
  ^bb0(%i: !int, %a: f64, %b: f64):
    %2 = ad.sin %a : (f64) -> f64
    %3 = ad.let %2 <0, "x", "double"> : f64
    ad.yield %3, %a : f64, f64
  } {locals = [#ad.local<0, "x", "double">, #ad.local<4, "last", "double">]}
  %4 = ad.sub %1#0, %1#1 : (f64, f64) -> f64
  ad.return %4 : f64
}

// CHECK-LABEL: double g_jvp(double x)
func.func @g(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"})
    -> (f64 {ad.member = "value"})
    attributes {ad.base = "g", ad.derivative = "forward", ad.name = "g",
                ad.return_type = "double", ad.suffix = "", ad.wrt = [0]} {
  // An expression of the old content is computed before the new one.
  // CHECK:      const double t = x * x;
  // CHECK-NEXT: x = std::exp(x);
  // CHECK-NEXT: return t / x;
  %0 = ad.mul %x, %x : (f64, f64) -> f64
  %1 = ad.exp %x : (f64) -> f64
  %2 = ad.let %1 <0, "x", "double"> : f64
  %3 = ad.div %0, %2 : (f64, f64) -> f64
  ad.return %3 : f64
}
