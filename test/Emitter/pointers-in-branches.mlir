// RUN: adgen-opt --emit-cpp %s > %t.cpp
// RUN: FileCheck %s < %t.cpp
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror -fsyntax-only %t.cpp
// Pointers that branches choose, pointers in objects, places that calls return, tests for null, lookups in loops' conditions.
// CHECK:      void f_grad(View v, View *w, double *y, bool c, const double *const x,
// CHECK-NEXT:             double *const x_bar) {
// CHECK-NEXT:   if (y != nullptr)
// CHECK-NEXT:     *y = 1;
// CHECK-NEXT:   auto v_data = v.data;
// CHECK-NEXT:   *w->data = v_data[1];
// CHECK-NEXT:   w[1].data = v_data + 1;
// CHECK-NEXT:   *y = w->at(1);
// CHECK-NEXT:   first(v) = 1;
// CHECK-NEXT:   *last(w) = 1;
// CHECK-NEXT:   double &ref = first(*w);
// CHECK-NEXT:   ref *= ref;
// CHECK-NEXT:   *(c ? y : v_data) = 1;
// CHECK-NEXT:   double *q;
// CHECK-NEXT:   if (c) {
// CHECK-NEXT:     y[1] = 1;
// CHECK-NEXT:     q = y + 1;
// CHECK-NEXT:   } else {
// CHECK-NEXT:     q = v_data;
// CHECK-NEXT:   }
// CHECK-NEXT:   *q = 1;
// CHECK-NEXT:   double *t;
// CHECK-NEXT:   if (c) {
// CHECK-NEXT:     y[1] = 1;
// CHECK-NEXT:     t = y + 1;
// CHECK-NEXT:   } else {
// CHECK-NEXT:     t = v_data;
// CHECK-NEXT:   }
// CHECK-NEXT:   *t = 1;
// CHECK-NEXT:   int i = 0;
// CHECK-NEXT:   while (x[i] > 1) {
// CHECK-NEXT:     x_bar[i] += 1;
// CHECK-NEXT:     ++i;
// CHECK-NEXT:   }
// CHECK-NEXT:   if (x < x + i)
// CHECK-NEXT:     x_bar[x + i - x] = 1;
// CHECK-NEXT: }
!int = !ad.int<"int", 32, true>
!long = !ad.int<"long", 64, true>
!view = !ad.object<"View", true>
!p = !ad.place<f64>
#null = #ad.local<2, "y", "double *">
module attributes {ad.declarations = ["struct View {\0A  double *data;\0A  int n;\0A  double &at(int i) { return data[i]; }\0A};\0Adouble &first(View &v);\0Adouble *last(View *v);"]} {
func.func private @first(%v: !ad.place<!view> {ad.type = "View &", ad.pass = "reference", ad.out = -1, ad.local = #ad.local<0, "v", "View &">})
    -> !p attributes {ad.name = "first", ad.spelling = "first", ad.return_type = "double &"}
func.func private @last(%v: !ad.place<!view> {ad.type = "View *", ad.pass = "pointer", ad.out = -1, ad.local = #ad.local<0, "v", "View *">})
    -> !p attributes {ad.name = "last", ad.spelling = "last", ad.return_type = "double *"}
func.func @f(%v: !ad.place<!view> {ad.local = #ad.local<0, "v", "View">, ad.type = "View", ad.in_memory},
             %w: !ad.place<!view> {ad.local = #ad.local<1, "w", "View *">, ad.type = "View *", ad.pass = "pointer", ad.in_memory, ad.out = -1},
             %y: !p {ad.local = #null, ad.type = "double *", ad.pass = "pointer", ad.in_memory, ad.out = -1},
             %c: i1 {ad.local = #ad.local<3, "c", "bool">, ad.type = "bool"},
             %x: !p {ad.local = #ad.local<4, "x", "const double *const">, ad.type = "const double *const", ad.pass = "pointer", ad.in_memory},
             %x_bar: !p {ad.local = #ad.local<10, "x_bar", "double *const", true>, ad.role = "adjoint", ad.of = 4 : i64})
    attributes {ad.base = "f", ad.derivative = "reverse", ad.name = "f", ad.return_type = "void", ad.suffix = "", ad.wrt = [4]} {
  %0 = ad.constant<0 : i32> : !int
  %1 = ad.constant<1 : i32> : !int
  %f1 = ad.constant<1.0 : f64> : f64
  %null = ad.test "!= nullptr"() {parameter = #null} : () -> i1
  ad.if %null {
    ad.store %f1, %y : !p
    ad.yield
  } else {
    ad.yield
  }
  // Members that are pointers.
  %vd = ad.member %v "data" : !ad.place<!view> -> !ad.place<!p>
  %d = ad.load %vd : !ad.place<!p>
  %d1 = ad.offset %d, %1 : !p, !int
  %a = ad.load %d1 : !p
  %wd = ad.member %w "data" : !ad.place<!view> -> !ad.place<!p>
  %e = ad.load %wd : !ad.place<!p>
  ad.store %a, %e : !p
  %w1 = ad.offset %w, %1 : !ad.place<!view>, !int
  %w1d = ad.member %w1 "data" : !ad.place<!view> -> !ad.place<!p>
  ad.store %d1, %w1d : !ad.place<!p>
  %at = ad.access "{0}.at({1})" (%w, %1) : (!ad.place<!view>, !int) -> !p
  %b = ad.load %at : !p
  ad.store %b, %y : !p
  // Places that calls return.
  %r = ad.call @first(%v) : (!ad.place<!view>) -> !p
  ad.store %f1, %r : !p
  %l = ad.call @last(%w) : (!ad.place<!view>) -> !p
  ad.store %f1, %l : !p
  %r2 = ad.call @first(%w) : (!ad.place<!view>) -> !p
  %ref = ad.let %r2 <20, "ref", "double &"> : !p
  %r3 = ad.load %ref : !p
  %r4 = ad.mul %r3, %r3 : (f64, f64) -> f64
  ad.store %r4, %ref : !p
  // One of two.
  %s = ad.select %c, %y, %d : !p
  ad.store %f1, %s : !p
  %q = ad.if %c -> !p {
    %q1 = ad.offset %y, %1 : !p, !int
    ad.store %f1, %q1 : !p
    ad.yield %q1 : !p
  } else {
    ad.yield %d : !p
  } {locals = [#ad.local<21, "q", "double *">]}
  ad.store %f1, %q : !p
  // A pointer that no one named.
  %u = ad.if %c -> !p {
    %q1 = ad.offset %y, %1 : !p, !int
    ad.store %f1, %q1 : !p
    ad.yield %q1 : !p
  } else {
    ad.yield %d : !p
  }
  ad.store %f1, %u : !p
  %n = ad.while "while" carry(%0) : (!int) -> !int head {
  ^bb0(%i: !int):
    %xi = ad.offset %x, %i : !p, !int
    %xl = ad.load %xi : !p
    %g = ad.cmp gt %xl, %f1 : f64
    ad.next %g %i : !int
  } body {
  ^bb0(%i: !int):
    %t = ad.constant<true> : i1
    %xi = ad.offset %x_bar, %i : !p, !int
    ad.accumulate %f1, %xi : !p
    %j = ad.add %i, %1 : (!int, !int) -> !int
    %k = ad.let %j <30, "i", "int"> : !int
    ad.next %t %k : !int
  } step {
  ^bb0(%i: !int):
    %t = ad.constant<true> : i1
    ad.next %t %i : !int
  } {locals = [#ad.local<30, "i", "int">]}
  %end = ad.offset %x, %n : !p, !int
  %lt = ad.cmp lt %x, %end : !p
  ad.if %lt {
    %h = ad.distance %end, %x : !p -> !long
    %xh = ad.offset %x_bar, %h : !p, !long
    ad.store %f1, %xh : !p
    ad.yield
  } else {
    ad.yield
  }
  ad.return
}
}
