// RUN: adgen-opt --emit-cpp %s | FileCheck %s
// A guard tests a name; what it tests is computed once.
func.func @f(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"},
             %r_bar: f64 {ad.local = #ad.local<1, "r_bar", "double">, ad.type = "double"})
    -> (f64 {ad.member = "x"}, f64 {ad.member = "y"})
    attributes {ad.base = "f", ad.derivative = "reverse", ad.name = "f",
                ad.return_type = "double", ad.suffix = "", ad.wrt = [0, 1]} {
  // CHECK:      const double t = x * r_bar;
  // CHECK-NEXT: return {r_bar == 0 ? 0 : -r_bar / x, t == 0 ? 0 : t / x};
  %0 = ad.neg %r_bar : (f64) -> f64
  %1 = ad.div %0, %x : (f64, f64) -> f64
  %2 = ad.guard %0, %1 : f64, f64
  %3 = ad.mul %x, %r_bar : (f64, f64) -> f64
  %4 = ad.div %3, %x : (f64, f64) -> f64
  %5 = ad.guard %3, %4 : f64, f64
  ad.return %2, %5 : f64, f64
}
