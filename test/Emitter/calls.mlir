// RUN: adgen-opt --emit-cpp %s | FileCheck %s
// Calls of the user's functions: spelled as the user's file needs it, in place or named once, effects in order.
!int = !ad.int<"int", 32, true>
module {
func.func private @g(f64, f64) -> f64 attributes {ad.name = "ns::g", ad.spelling = "ns::g", ad.return_type = "double"}
func.func private @once(f64) -> f64 attributes {ad.name = "once", ad.return_type = "double"}
func.func private @rk4(f64, f64) -> f64 attributes {ad.name = "rk4", ad.call_format = "rk4({0}, rhs, {1})"}
func.func private @minus(f64, f64) -> f64 attributes {ad.name = "minus", ad.call_format = "{0} - {1}"}
func.func private @next(f64) -> f64 attributes {ad.name = "next", ad.spelling = "next", ad.effects}
func.func private @note() attributes {ad.name = "note", ad.spelling = "note", ad.effects}

// CHECK-LABEL: double f_jvp(double x, double y)
func.func @f(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"},
             %y: f64 {ad.local = #ad.local<1, "y", "double">, ad.type = "double"})
    -> (f64 {ad.member = "value"})
    attributes {ad.base = "f", ad.derivative = "forward", ad.name = "f",
                ad.return_type = "double", ad.suffix = "", ad.wrt = [0]} {
  %two = ad.constant<2.0 : f64> : f64
  // What is read once is printed where it is read; exact types choose the overload.
  // CHECK-NEXT: const double a = ns::g(x * y, 2.0) + once(x);
  %0 = ad.mul %x, %y : (f64, f64) -> f64
  %1 = ad.call @g(%0, %two) : (f64, f64) -> f64
  %2 = ad.call @once(%x) : (f64) -> f64
  %3 = ad.add %1, %2 : (f64, f64) -> f64
  %a = ad.let %3 <2, "a", "double"> : f64
  // Two readers: computed once. The default argument stays the callee's affair.
  // CHECK-NEXT: const double t = ns::g(a);
  // CHECK-NEXT: const double b = t * t;
  %4 = ad.call @g(%a, %two) {written = 1 : i64} : (f64, f64) -> f64
  %5 = ad.mul %4, %4 : (f64, f64) -> f64
  %b = ad.let %5 <3, "b", "double"> : f64
  // CHECK-NEXT: return 2 * rk4(b, rhs, a + x) * (b - (a - x));
  %6 = ad.add %a, %x : (f64, f64) -> f64
  %7 = ad.call @rk4(%b, %6) : (f64, f64) -> f64
  %8 = ad.sub %a, %x : (f64, f64) -> f64
  %9 = ad.call @minus(%b, %8) : (f64, f64) -> f64
  %10 = ad.mul %two, %7 : (f64, f64) -> f64
  %11 = ad.mul %10, %9 : (f64, f64) -> f64
  %dead = ad.call @once(%b) : (f64) -> f64
  ad.return %11 : f64
}

// CHECK-LABEL: double h_jvp(double x, int n)
func.func @h(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"},
             %n: !int {ad.local = #ad.local<1, "n", "int">, ad.type = "int"})
    -> (f64 {ad.member = "value"})
    attributes {ad.base = "h", ad.derivative = "forward", ad.name = "h",
                ad.return_type = "double", ad.suffix = "", ad.wrt = [0]} {
  // Effects happen as often, and in the order, that the user wrote.
  // CHECK-NEXT: const double t = next(x);
  // CHECK-NEXT: note();
  // CHECK-NEXT: next(t);
  // CHECK-NEXT: const double t2 = next(2.0);
  // CHECK-NEXT: double s = next(t) - t2;
  %zero = ad.constant<0 : i32> : !int
  %two = ad.constant<2.0 : f64> : f64
  %0 = ad.call @next(%x) {effects} : (f64) -> f64
  ad.call @note() {effects} : () -> ()
  %1 = ad.call @next(%0) {effects} : (f64) -> f64
  %2 = ad.call @next(%two) {effects} : (f64) -> f64
  %3 = ad.call @next(%0) {effects} : (f64) -> f64
  %4 = ad.sub %3, %2 : (f64, f64) -> f64
  %s = ad.let %4 <2, "s", "double"> : f64
  // Nothing moves into a loop.
  // CHECK-NEXT: const double t3 = once(x);
  // CHECK-NEXT: for (int i = 0; i < n; ++i)
  // CHECK-NEXT: s += t3;
  // CHECK:      const double t4 = next(s);
  // CHECK-NEXT: return s > 0 ? t4 : next(x);
  %5 = ad.call @once(%x) : (f64) -> f64
  %6 = ad.for <3, "i", "int"> = %zero lt %n step 1 carry(%s) : !int, !int, (f64) -> f64 {
  ^bb0(%i: !int, %c: f64):
    %7 = ad.add %c, %5 : (f64, f64) -> f64
    %8 = ad.let %7 <2, "s", "double"> : f64
    ad.yield %8 : f64
  } {locals = [#ad.local<2, "s", "double">]}
  %9 = ad.call @next(%6) {effects} : (f64) -> f64
  %none = ad.constant<0.0 : f64> : f64
  %10 = ad.cmp gt %6, %none : f64
  %11 = ad.if %10 -> f64 {
    ad.yield %9 : f64
  } else {
    %12 = ad.call @next(%x) {effects} : (f64) -> f64
    ad.yield %12 : f64
  } {expression}
  ad.return %11 : f64
}
}
