// RUN: adgen-opt --emit-cpp %s | FileCheck %s
// What a call is passed by reference or pointer is one variable before and after, copied where the old content lives on.
module {
// double g(double x, double &d, double *v); the function of values returns d and v as results 1 and 2.
func.func private @g(%x: f64 {ad.type = "double"},
                     %d: f64 {ad.local = #ad.local<1, "d", "double">, ad.type = "double &", ad.pass = "reference", ad.out = 1 : i64},
                     %v: f64 {ad.local = #ad.local<2, "v", "double">, ad.type = "double *", ad.pass = "pointer", ad.out = 2 : i64})
    -> (f64, f64, f64) attributes {ad.name = "g", ad.spelling = "g", ad.return_type = "double"}
// void halve(double &x, const double &by);
func.func private @halve(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double &", ad.pass = "reference", ad.out = 0 : i64},
                         %by: f64 {ad.local = #ad.local<1, "by", "double">, ad.type = "const double &", ad.pass = "reference"})
    -> f64 attributes {ad.name = "halve", ad.spelling = "halve", ad.return_type = "void"}
// double sum(const double *a, double *b), which writes neither.
func.func private @sum(%a: f64 {ad.local = #ad.local<0, "a", "double">, ad.type = "const double *", ad.pass = "pointer"},
                       %b: f64 {ad.local = #ad.local<1, "b", "double">, ad.type = "double *", ad.pass = "pointer"})
    -> f64 attributes {ad.name = "sum", ad.spelling = "sum", ad.return_type = "double"}

// CHECK-LABEL: double f_jvp(double x, double w)
func.func @f(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"},
             %w: f64 {ad.local = #ad.local<1, "w", "double">, ad.type = "double"})
    -> (f64 {ad.member = "value"})
    attributes {ad.base = "f", ad.derivative = "forward", ad.name = "f",
                ad.return_type = "double", ad.suffix = "", ad.wrt = [0]} {
  // CHECK-NEXT: double dv = w * w;
  // CHECK-NEXT: double dx;
  // CHECK-NEXT: const double y = g(x, dx, &dv);
  %u = ad.undef : f64
  %0 = ad.mul %w, %w : (f64, f64) -> f64
  %1:3 = ad.call @g(%x, %u, %0) {ties = array<i64: -1, 1, 2>,
      locals = [#ad.local<2, "y", "double">, #ad.local<3, "dx", "double">, #ad.local<4, "dv", "double">]}
      : (f64, f64, f64) -> (f64, f64, f64)
  // The same variables again; nobody reads what is returned.
  // CHECK-NEXT: g(dv, dx, &dv);
  %2:3 = ad.call @g(%1#2, %1#1, %1#2) {ties = array<i64: -1, 1, 2>,
      locals = [unit, #ad.local<3, "dx", "double">, #ad.local<4, "dv", "double">]}
      : (f64, f64, f64) -> (f64, f64, f64)
  // The content before is read later: a copy is passed.
  // CHECK-NEXT: double x2 = x;
  // CHECK-NEXT: halve(x2, dx + dv);
  %3 = ad.add %2#1, %2#2 : (f64, f64) -> f64
  %4 = ad.call @halve(%x, %3) {ties = array<i64: 0, -1>, locals = [#ad.local<0, "x", "double">]}
      : (f64, f64) -> f64
  // By reference and only read, the callee must see the content before.
  // CHECK-NEXT: const double old = w;
  // CHECK-NEXT: halve(w, old);
  %5 = ad.call @halve(%w, %w) {ties = array<i64: 0, -1>, locals = [#ad.local<1, "w", "double">]}
      : (f64, f64) -> f64
  // One variable passed twice.
  // CHECK-NEXT: halve(dx, dx);
  %6 = ad.call @halve(%2#1, %2#1) {ties = array<i64: 0, 0>, locals = [#ad.local<3, "dx", "double">]}
      : (f64, f64) -> f64
  // Pointers want a variable.
  // CHECK-NEXT: const double a = x * y;
  // CHECK-NEXT: double b = 2;
  // CHECK-NEXT: return x + x2 + w + dx + sum(&a, &b);
  %7 = ad.mul %x, %1#0 : (f64, f64) -> f64
  %two = ad.constant<2.0 : f64> : f64
  %8 = ad.call @sum(%7, %two) : (f64, f64) -> f64
  %9 = ad.add %x, %4 : (f64, f64) -> f64
  %10 = ad.add %9, %5 : (f64, f64) -> f64
  %11 = ad.add %10, %6 : (f64, f64) -> f64
  %12 = ad.add %11, %8 : (f64, f64) -> f64
  ad.return %12 : f64
}

// bool step(double &x, double by);
func.func private @step(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double &", ad.pass = "reference", ad.out = 1 : i64},
                        %by: f64 {ad.type = "double"})
    -> (i1, f64) attributes {ad.name = "step", ad.spelling = "step", ad.return_type = "bool"}

// CHECK-LABEL: double h_jvp(double x, const double s)
func.func @h(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"},
             %s: f64 {ad.local = #ad.local<1, "s", "const double">, ad.type = "const double"}) -> (f64 {ad.member = "value"})
    attributes {ad.base = "h", ad.derivative = "forward", ad.name = "h",
                ad.return_type = "double", ad.suffix = "", ad.wrt = []} {
  // In the head of a loop, with the loop's variable; a parameter that is const is not passed to be changed.
  // CHECK-NEXT: double sum = s;
  // CHECK-NEXT: while (step(x, sum))
  // CHECK-NEXT:   sum += x;
  // CHECK-NEXT: double x2 = s;
  // CHECK-NEXT: if (step(x2, s))
  // CHECK-NEXT:   return x2;
  // CHECK-NEXT: return x + sum;
  %true = ad.constant<true> : i1
  %r:2 = ad.while "while" carry(%x, %s) : (f64, f64) -> (f64, f64) head {
  ^bb0(%a: f64, %b: f64):
    %c:2 = ad.call @step(%a, %b) {ties = array<i64: 1, -1>, locals = [unit, #ad.local<0, "x", "double">]} : (f64, f64) -> (i1, f64)
    ad.next %c#0 %c#1, %b : f64, f64
  } body {
  ^bb0(%a: f64, %b: f64):
    %d = ad.add %b, %a : (f64, f64) -> f64
    %e = ad.let %d <2, "sum", "double"> : f64
    ad.next %true %a, %e : f64, f64
  } step {
  ^bb0(%a: f64, %b: f64):
    ad.next %true %a, %b : f64, f64
  } {locals = [#ad.local<0, "x", "double">, #ad.local<2, "sum", "double">]}
  %c:2 = ad.call @step(%s, %s) {ties = array<i64: 1, -1>} : (f64, f64) -> (i1, f64)
  %q = ad.if %c#0 -> f64 {
    ad.yield %c#1 : f64
  } else {
    %0 = ad.add %r#0, %r#1 : (f64, f64) -> f64
    ad.yield %0 : f64
  }
  ad.return %q : f64
}
}
