// RUN: adgen-opt --emit-cpp %s | FileCheck %s
// Derivative code is headed by the user's statement, once a group, cut at the column limit.
#loc = loc("foo.cpp":1:1)
#s1 = loc(fused<#ad.stmt<1, "z = x * y">>[#loc])
#d1 = loc(fused<#ad.stmt<1, "z = x * y", true>>[#loc])
#d2 = loc(fused<#ad.stmt<2, "return std::sin(z) * a_very_long_name + another_very_long_name * a_last_name_1", true>>[#loc])
func.func @f(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"},
             %y: f64 {ad.local = #ad.local<1, "y", "double">, ad.type = "double"},
             %seed: f64 {ad.local = #ad.local<9, "seed", "double", true>, ad.type = "double", ad.role = "seed"})
    -> (f64 {ad.member = "x"}, f64 {ad.member = "y"})
    attributes {ad.base = "f", ad.derivative = "reverse", ad.name = "f",
                ad.return_type = "double", ad.suffix = "", ad.wrt = [0, 1]} {
  // What is computed again has no comment.
  // CHECK:      const double z = x * y;
  // CHECK-NEXT: // return std::sin(z) * a_very_long_name + another_very_long_name * a_last_na…
  // CHECK-NEXT: const double z_bar = std::cos(z) * seed;
  // CHECK-NEXT: // z = x * y
  // CHECK-NEXT: const double x_bar = std::sin(y) * z_bar;
  // CHECK-NEXT: const double y_bar = std::sin(x) * z_bar;
  // CHECK-NEXT: return {x_bar, y_bar};
  %0 = ad.mul %x, %y : (f64, f64) -> f64 loc(#s1)
  %z = ad.let %0 <2, "z", "double"> : f64 loc(#s1)
  %1 = ad.cos %z : (f64) -> f64 loc(#d2)
  %2 = ad.mul %1, %seed : (f64, f64) -> f64 loc(#d2)
  %z_bar = ad.let %2 <3, "z_bar", "double", true> : f64 loc(#d2)
  %3 = ad.sin %y : (f64) -> f64 loc(#d1)
  %4 = ad.mul %3, %z_bar : (f64, f64) -> f64 loc(#d1)
  %x_bar = ad.let %4 <4, "x_bar", "double", true> : f64 loc(#d1)
  %5 = ad.sin %x : (f64) -> f64 loc(#d1)
  %6 = ad.mul %5, %z_bar : (f64, f64) -> f64 loc(#d1)
  %y_bar = ad.let %6 <5, "y_bar", "double", true> : f64 loc(#d1)
  ad.return %x_bar, %y_bar : f64, f64 loc(#d2)
}
