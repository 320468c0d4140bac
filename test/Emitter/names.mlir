// RUN: adgen-opt --emit-cpp %s | FileCheck %s
// The user's names stay; generated ones, also of parameters, give way to them.
func.func @f(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"},
             %unused: f64 {ad.local = #ad.local<1, "p1", "double">, ad.type = "double"},
             %seed: f64 {ad.local = #ad.local<9, "seed", "double", true>, ad.type = "double",
                         ad.role = "seed", ad.default = "1"})
    -> (f64 {ad.member = "x"})
    attributes {ad.base = "f", ad.derivative = "reverse", ad.name = "f",
                ad.return_type = "double", ad.suffix = "", ad.wrt = [0]} {
  // The user has locals `seed`, `x_bar` and, twice, `t`.
  // CHECK:      double f_grad(double x, double, double seed_ = 1.0) {
  // CHECK-NEXT: const double seed = std::sin(x);
  // CHECK-NEXT: const double x_bar = std::cos(seed);
  // CHECK-NEXT: const double t = std::exp(x_bar);
  // CHECK-NEXT: const double t2 = std::exp(t);
  // CHECK-NEXT: const double x_bar_ = t * t2 / (seed_ + x_bar);
  // CHECK-NEXT: return x_bar_ * x_bar_;
  %0 = ad.sin %x : (f64) -> f64
  %1 = ad.let %0 <2, "seed", "double"> : f64
  %2 = ad.cos %1 : (f64) -> f64
  %3 = ad.let %2 <3, "x_bar", "double"> : f64
  %4 = ad.exp %3 : (f64) -> f64
  %5 = ad.let %4 <4, "t", "double"> : f64
  %6 = ad.exp %5 : (f64) -> f64
  %7 = ad.let %6 <5, "t", "double"> : f64
  %8 = ad.mul %5, %7 : (f64, f64) -> f64
  %9 = ad.add %seed, %3 : (f64, f64) -> f64
  %10 = ad.div %8, %9 : (f64, f64) -> f64
  %11 = ad.let %10 <6, "x_bar", "double", true> : f64
  %12 = ad.mul %11, %11 : (f64, f64) -> f64
  ad.return %12 : f64
}
