// RUN: adgen-opt --emit-cpp %s | FileCheck %s
// Casts stand where C++ would not convert, or not to the operation's type.
func.func @f(%x: f32 {ad.local = #ad.local<0, "x", "float">, ad.type = "float"},
             %y: f64 {ad.local = #ad.local<1, "y", "double">, ad.type = "double"})
    -> (f32 {ad.member = "x"}, f64 {ad.member = "y"})
    attributes {ad.base = "f", ad.derivative = "reverse", ad.name = "f",
                ad.return_type = "double", ad.suffix = "", ad.wrt = [0, 1]} {
  %0 = ad.cast %x : f32 to f64
  // The other operand is a double already.
  %1 = ad.mul %0, %y : (f64, f64) -> f64
  %a = ad.let %1 <2, "a", "double"> : f64
  // CHECK: const double a = x * y;
  // Both are floats, the product is not.
  %2 = ad.cast %x : f32 to f64
  %3 = ad.mul %2, %0 : (f64, f64) -> f64
  %b = ad.let %3 <3, "b", "double"> : f64
  // CHECK: const double b = x * double(x);
  %4 = ad.cast %a : f64 to f32
  %c = ad.let %4 <4, "c", "float"> : f32
  // CHECK: const float c = a;
  %5 = ad.mul %c, %x : (f32, f32) -> f32
  %6 = ad.cast %b {explicit_spelling = "float"} : f64 to f32
  %7 = ad.add %5, %6 : (f32, f32) -> f32
  %d = ad.let %7 <5, "d", "float"> : f32
  // CHECK: const float d = c * x + float(b);
  %8 = ad.cast %y : f64 to f32
  %9 = ad.cast %d : f32 to f64
  // Braces do not narrow.
  // CHECK: return {float(y), d};
  ad.return %8, %9 : f32, f64
}
