// RUN: adgen-opt --emit-cpp %s | FileCheck %s
// Statements of the user's that are kept: operands in place, parentheses where they need them, order as it was.
!int = !ad.int<"int", 32, true>
module attributes {ad.includes = ["<iostream>", "<cstdio>"]} {
func.func private @next(f64) -> f64 attributes {ad.name = "next", ad.spelling = "next", ad.effects}
// CHECK:      #include <cstdio>
// CHECK-NEXT: #include <iostream>
// CHECK:      double f_jvp(double x, int n) {
func.func @f(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"},
             %n: !int {ad.local = #ad.local<1, "n", "int">, ad.type = "int"})
    -> (f64 {ad.member = "value"})
    attributes {ad.base = "f", ad.derivative = "forward", ad.name = "f",
                ad.return_type = "double", ad.suffix = "", ad.wrt = [0]} {
  // CHECK-NEXT: std::printf("{%d} %g\n", n, x * x);
  // CHECK-NEXT: std::cout << x * x << (x + x) << n << '\n';
  // CHECK-NEXT: x += 1;
  // CHECK-NEXT: (x + x)->log();
  // CHECK-NEXT: const double t = next(x);
  // CHECK-NEXT: std::cout << "after" << x;
  // CHECK-NEXT: for (int i = 0; i < n; ++i)
  // CHECK-NEXT: std::cout << i;
  // CHECK-NEXT: return t;
  %0 = ad.mul %x, %x : (f64, f64) -> f64
  ad.statement "std::printf(\"{{%d}} %g\\n\", {0}, {1})"(%n, %0) : !int, f64
  %1 = ad.mul %x, %x : (f64, f64) -> f64
  %2 = ad.add %x, %x : (f64, f64) -> f64
  ad.statement "std::cout << {0} << {1} << {2} << '\\n'"(%1, %2, %n) : f64, f64, !int
  %one = ad.constant<1.0 : f64> : f64
  %3 = ad.add %x, %one : (f64, f64) -> f64
  %4 = ad.let %3 <0, "x", "double"> : f64
  %5 = ad.add %4, %4 : (f64, f64) -> f64
  ad.statement "{0}->log()"(%5) : f64
  %6 = ad.call @next(%4) {effects} : (f64) -> f64
  ad.statement "std::cout << \"after\" << {0}"(%4) : f64
  %zero = ad.constant<0 : i32> : !int
  ad.for <3, "i", "int"> = %zero lt %n step 1 carry() : !int, !int, () -> () {
  ^bb0(%i: !int):
    ad.statement "std::cout << {0}"(%i) : !int
    ad.yield
  }
  ad.return %6 : f64
}

// What only assertions read may be read by nobody.
// CHECK{LITERAL}: double g_jvp(double x, [[maybe_unused]] int n) {
// CHECK-NEXT{LITERAL}: [[maybe_unused]] const double a = x * x;
// CHECK-NEXT: assert(n > 0);
// CHECK-NEXT: assert(a > a + x);
// CHECK-NEXT: return x;
func.func @g(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"},
             %n: !int {ad.local = #ad.local<1, "n", "int">, ad.type = "int"})
    -> (f64 {ad.member = "value"})
    attributes {ad.base = "g", ad.derivative = "forward", ad.name = "g",
                ad.return_type = "double", ad.suffix = "", ad.wrt = [0]} {
  %zero = ad.constant<0 : i32> : !int
  %0 = ad.mul %x, %x : (f64, f64) -> f64
  %a = ad.let %0 <2, "a", "double"> : f64
  %1 = ad.cmp gt %n, %zero : !int
  ad.statement "assert({0})"(%1) : i1
  %2 = ad.add %a, %x : (f64, f64) -> f64
  %3 = ad.cmp gt %a, %2 : f64
  ad.statement "assert({0})"(%3) : i1
  ad.return %x : f64
}
}
