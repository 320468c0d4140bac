// RUN: adgen-opt --emit-cpp %s | FileCheck %s
// A literal is an int where C++ converts it, and has the operation's type elsewhere.
!int = !ad.int<"int", 32, true>
func.func @f(%x: f32 {ad.local = #ad.local<0, "x", "float">, ad.type = "float"},
             %y: f64 {ad.local = #ad.local<1, "y", "double">, ad.type = "double"},
             %z: f80 {ad.local = #ad.local<2, "z", "long double">, ad.type = "long double"})
    -> (f32 {ad.member = "x"}, f64 {ad.member = "y"}, f80 {ad.member = "z"})
    attributes {ad.base = "f", ad.derivative = "reverse", ad.name = "f",
                ad.return_type = "double", ad.suffix = "", ad.wrt = [0, 1, 2]} {
  %0 = ad.constant<2.0 : f32> : f32
  %1 = ad.constant<0.1 : f32> : f32
  %2 = ad.mul %0, %x : (f32, f32) -> f32
  %3 = ad.add %2, %1 : (f32, f32) -> f32
  %c0 = ad.let %3 <3, "a", "float"> : f32
  // CHECK: const float a = 2 * x + 0.1f;
  %4 = ad.constant<1.0 : f64> : f64
  %5 = ad.constant<3.0 : f64> : f64
  %6 = ad.copysign %4, %y : (f64, f64) -> f64
  %7 = ad.div %4, %5 : (f64, f64) -> f64
  %8 = ad.mul %6, %7 : (f64, f64) -> f64
  %c1 = ad.let %8 <4, "b", "double"> : f64
  // CHECK: const double b = std::copysign(1.0, y) * (1 / 3.0);
  %9 = ad.constant<2.0 : f64> {spelling = "2", spelling_type = !int} : f64
  %10 = ad.pow %y, %9 : (f64, f64) -> f64
  %11 = ad.constant<1.0e-14 : f64> {spelling = "1e-14"} : f64
  %12 = ad.add %10, %11 : (f64, f64) -> f64
  %13 = ad.add %c1, %12 : (f64, f64) -> f64
  %c2 = ad.let %13 <5, "c", "double"> : f64
  // CHECK: const double c = b + (std::pow(y, 2) + 1e-14);
  %14 = ad.constant<0.5 : f80> : f80
  %15 = ad.constant<0x7FF0000000000000 : f64> : f64
  %16 = ad.mul %14, %z : (f80, f80) -> f80
  %18 = ad.cmp lt %y, %4 : f64
  %17 = ad.select %18, %15, %c2 : f64
  // CHECK: return {a, y < 1 ? std::numeric_limits<double>::infinity() : c, 0.5L * z};
  ad.return %c0, %17, %16 : f32, f64, f80
}
