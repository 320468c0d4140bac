// RUN: adgen-opt --emit-cpp %s | FileCheck %s
// The association of the IR is kept; signs move to where a person has them.
func.func @f(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"},
             %y: f64 {ad.local = #ad.local<1, "y", "double">, ad.type = "double"},
             %z: f64 {ad.local = #ad.local<2, "z", "double">, ad.type = "double"})
    -> (f64 {ad.member = "x"}, f64 {ad.member = "y"}, f64 {ad.member = "z"})
    attributes {ad.base = "f", ad.derivative = "reverse", ad.name = "f",
                ad.return_type = "double", ad.suffix = "", ad.wrt = [0, 1, 2]} {
  %0 = ad.sub %y, %z : (f64, f64) -> f64
  %1 = ad.sub %x, %0 : (f64, f64) -> f64
  %a = ad.let %1 <3, "a", "double"> : f64
  // CHECK: const double a = x - (y - z);
  %2 = ad.mul %y, %z : (f64, f64) -> f64
  %3 = ad.mul %x, %2 : (f64, f64) -> f64
  %4 = ad.div %3, %a : (f64, f64) -> f64
  %b = ad.let %4 <4, "b", "double"> : f64
  // CHECK: const double b = x * (y * z) / a;
  %5 = ad.neg %y : (f64) -> f64
  %6 = ad.mul %x, %5 : (f64, f64) -> f64
  %7 = ad.add %b, %6 : (f64, f64) -> f64
  %c = ad.let %7 <5, "c", "double"> : f64
  // CHECK: const double c = b - x * y;
  %8 = ad.add %c, %z : (f64, f64) -> f64
  %9 = ad.neg %8 : (f64) -> f64
  %d = ad.let %9 <6, "d", "double"> : f64
  // CHECK: const double d = -(c + z);
  ad.return %a, %b, %d : f64, f64, f64
}

// CHECK-LABEL: bool g_jvp(
!int = !ad.int<"int", 32, true>
func.func @g(%m: !int {ad.local = #ad.local<0, "m", "int">, ad.type = "int"},
             %n: !int {ad.local = #ad.local<1, "n", "int">, ad.type = "int"})
    -> (i1 {ad.member = "value"})
    attributes {ad.base = "g", ad.derivative = "forward", ad.name = "g",
                ad.return_type = "bool", ad.suffix = "", ad.wrt = []} {
  // Compilers warn about the ones that C++ does not need.
  // CHECK: return (m << (n + 1)) > n || (m > n && ((m & 3) | n) == 5);
  %one = ad.constant<1 : i32> : !int
  %three = ad.constant<3 : i32> : !int
  %five = ad.constant<5 : i32> : !int
  %0 = ad.add %n, %one : (!int, !int) -> !int
  %1 = ad.shl %m, %0 : !int, !int
  %2 = ad.cmp gt %1, %n : !int
  %3 = ad.if %2 -> i1 {
    %t = ad.constant<true> : i1
    ad.yield %t : i1
  } else {
    %4 = ad.cmp gt %m, %n : !int
    %5 = ad.if %4 -> i1 {
      %6 = ad.and %m, %three : !int
      %7 = ad.or %6, %n : !int
      %8 = ad.cmp eq %7, %five : !int
      ad.yield %8 : i1
    } else {
      %f = ad.constant<false> : i1
      ad.yield %f : i1
    } {expression}
    ad.yield %5 : i1
  } {expression}
  ad.return %3 : i1
}
