// RUN: adgen-opt --emit-cpp %s | FileCheck %s
// An if before the return returns from its branches; one that only adds to an adjoint does not.
func.func @f(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"},
             %y: f64 {ad.local = #ad.local<1, "y", "double">, ad.type = "double"})
    -> (f64 {ad.member = "x"}, f64 {ad.member = "y"})
    attributes {ad.base = "f", ad.derivative = "reverse", ad.name = "f",
                ad.return_type = "double", ad.suffix = "", ad.wrt = [0, 1]} {
  %zero = ad.constant<0.0 : f64> : f64
  %0 = ad.cmp lt %x, %zero : f64
  // CHECK:      if (x < 0)
  // CHECK-NEXT:   return {y, 0};
  // CHECK-NEXT: if (y < 0) {
  // CHECK-NEXT:   const double t = std::exp(x);
  // CHECK-NEXT:   return {t, t * t};
  // CHECK-NEXT: }
  // CHECK-NEXT: return {x, y};
  %1:2 = ad.if %0 -> f64, f64 {
    ad.yield %y, %zero : f64, f64
  } else {
    %2 = ad.cmp lt %y, %zero : f64
    %3:2 = ad.if %2 -> f64, f64 {
      %4 = ad.exp %x : (f64) -> f64
      %t = ad.let %4 <2, "t", "double"> : f64
      %5 = ad.mul %t, %t : (f64, f64) -> f64
      ad.yield %t, %5 : f64, f64
    } else {
      ad.yield %x, %y : f64, f64
    }
    ad.yield %3#0, %3#1 : f64, f64
  }
  ad.return %1#0, %1#1 : f64, f64
}

// CHECK-LABEL: double g_grad(
func.func @g(%a: f64 {ad.local = #ad.local<0, "a", "double">, ad.type = "double"},
             %seed: f64 {ad.local = #ad.local<9, "seed", "double", true>, ad.type = "double", ad.role = "seed"})
    -> (f64 {ad.member = "a"})
    attributes {ad.base = "g", ad.derivative = "reverse", ad.name = "g",
                ad.return_type = "double", ad.suffix = "", ad.wrt = [0]} {
  // CHECK:      double a_bar = a / seed;
  // CHECK-NEXT: if (a > 1)
  // CHECK-NEXT:   a_bar += seed / 3;
  // CHECK-NEXT: return a_bar;
  %one = ad.constant<1.0 : f64> : f64
  %three = ad.constant<3.0 : f64> : f64
  %0 = ad.div %a, %seed : (f64, f64) -> f64
  %bar = ad.let %0 <1, "a_bar", "double", true> : f64
  %1 = ad.cmp gt %a, %one : f64
  %2 = ad.if %1 -> f64 {
    %3 = ad.div %seed, %three : (f64, f64) -> f64
    %4 = ad.add %bar, %3 : (f64, f64) -> f64
    %5 = ad.let %4 <1, "a_bar", "double", true> : f64
    ad.yield %5 : f64
  } else {
    ad.yield %bar : f64
  } {locals = [#ad.local<1, "a_bar", "double", true>]}
  ad.return %2 : f64
}
