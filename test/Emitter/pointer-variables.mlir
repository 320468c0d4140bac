// RUN: adgen-opt --emit-cpp %s | FileCheck %s
// Local arrays, containers, references and pointers are declared as the user did; pointers move and are recorded.
// CHECK:      void f_grad(const double *x, int n, std::vector<double>, double *x_bar) {
// CHECK-NEXT:   // Forward sweep.
// CHECK-NEXT:   double a[3] = {};
// CHECK-NEXT:   std::vector<double> v(n);
// CHECK-NEXT:   double a_bar[3] = {};
// CHECK-NEXT:   a[1] = *x;
// CHECK-NEXT:   for (int i = 0; i < n; ++i) {
// CHECK-NEXT:     const double *row = x + i * n;
// CHECK-NEXT:     double *row_bar = x_bar + i * n;
// CHECK-NEXT:     for (int j = 0; j < n; ++j) {
// CHECK-NEXT:       const double &e = row[j];
// CHECK-NEXT:       row_bar[j] += e * e;
// CHECK-NEXT:     }
// CHECK-NEXT:   }
// CHECK-NEXT:   const double *end = x + n;
// CHECK-NEXT:   double s = 0;
// CHECK-NEXT:   const double *p = x;
// CHECK-NEXT:   std::vector<const double *> p_tape;
// CHECK-NEXT:   for (; p != end; ++p) {
// CHECK-NEXT:     p_tape.push_back(p);
// CHECK-NEXT:     s += *p;
// CHECK-NEXT:   }
// CHECK-EMPTY:
// CHECK-NEXT:   // Reverse sweep.
// CHECK-NEXT:   for (int i = n - 1; i >= 0; --i) {
// CHECK-NEXT:     p = p_tape[i];
// CHECK-NEXT:     x_bar[p - x] += *p;
// CHECK-NEXT:     x_bar[p - x] += a[1];
// CHECK-NEXT:     a_bar[i] += v[i];
// CHECK-NEXT:   }
// CHECK-NEXT:   *x_bar += a_bar[0];
// CHECK-NEXT:   *x_bar += s * table[n];
// CHECK-NEXT: }
!int = !ad.int<"int", 32, true>
!size = !ad.int<"unsigned long", 64, false>
!long = !ad.int<"long", 64, true>
!row = !ad.array<3, f64>
!vec = !ad.object<"std::vector<double>", true>
module {
func.func @f(%x: !ad.place<f64> {ad.local = #ad.local<0, "x", "const double *">, ad.type = "const double *", ad.pass = "pointer", ad.in_memory},
             %n: !int {ad.local = #ad.local<5, "n", "int">, ad.type = "int"},
             %u: !ad.place<!vec> {ad.local = #ad.local<6, "u", "std::vector<double>">, ad.type = "std::vector<double>", ad.in_memory},
             %x_bar: !ad.place<f64> {ad.local = #ad.local<10, "x_bar", "double *", true>, ad.role = "adjoint", ad.of = 0 : i64})
    attributes {ad.base = "f", ad.derivative = "reverse", ad.name = "f",
                ad.return_type = "void", ad.suffix = "", ad.wrt = [0]} {
  %zero = ad.constant<0 : i32> : !int
  %one = ad.constant<1 : i32> : !int
  %two = ad.constant<2 : i32> : !int
  %fz = ad.constant<0.0 : f64> : f64
  %a = ad.var <20, "a", "double[3]"> {init = " = {{}}", zero_init = " = {{}}"} : !ad.place<!row>
  %v = ad.var <21, "v", "std::vector<double>"> (%n : !int) {init = "({0})", zero_init = "({0})"} : !ad.place<!vec>
  %a_bar = ad.var <22, "a_bar", "double[3]", true> {init = " = {{}}"} : !ad.place<!row>
  %a1 = ad.element %a, %one : !ad.place<!row>, !int -> !ad.place<f64>
  %x1 = ad.load %x : !ad.place<f64>
  ad.store %x1, %a1 : !ad.place<f64>
  ad.for <30, "i", "int"> = %zero lt %n step 1 carry() : !int, !int, () -> () {
  ^bb0(%i: !int):
    %k = ad.mul %i, %n : (!int, !int) -> !int
    %r0 = ad.offset %x, %k : !ad.place<f64>, !int
    %r = ad.let %r0 <31, "row", "const double *"> : !ad.place<f64>
    %rb0 = ad.offset %x_bar, %k : !ad.place<f64>, !int
    %rb = ad.let %rb0 <32, "row_bar", "double *", true> : !ad.place<f64>
    ad.for <40, "j", "int"> = %zero lt %n step 1 carry() : !int, !int, () -> () {
    ^bb1(%j: !int):
      %p = ad.offset %r, %j : !ad.place<f64>, !int
      %q0 = ad.offset %rb, %j : !ad.place<f64>, !int
      %v0 = ad.let %p <41, "e", "const double &"> : !ad.place<f64>
      %1 = ad.load %v0 : !ad.place<f64>
      %2 = ad.load %v0 : !ad.place<f64>
      %3 = ad.mul %1, %2 : (f64, f64) -> f64
      ad.accumulate %3, %q0 : !ad.place<f64>
      ad.yield
    }
    ad.yield
  }
  %end = ad.offset %x, %n : !ad.place<f64>, !int
  %endl = ad.let %end <51, "end", "const double *"> : !ad.place<f64>
  %s0 = ad.constant<0.0 : f64> : f64
  %s1 = ad.let %s0 <52, "s", "double"> : f64
  %x2 = ad.let %x <50, "p", "const double *"> : !ad.place<f64>
  %tape = ad.tape <54, "p_tape", "const double *", true> -> !ad.tape<!ad.place<f64>>
  %w:2 = ad.while "for" carry(%x2, %s1) : (!ad.place<f64>, f64) -> (!ad.place<f64>, f64) head {
  ^bb0(%p: !ad.place<f64>, %s: f64):
    %c = ad.cmp ne %p, %endl : !ad.place<f64>
    ad.next %c %p, %s : !ad.place<f64>, f64
  } body {
  ^bb0(%p: !ad.place<f64>, %s: f64):
    %t = ad.constant<true> : i1
    ad.record %p, %tape[%zero] : !ad.place<f64>, !ad.tape<!ad.place<f64>>, !int
    %1 = ad.load %p : !ad.place<f64>
    %2 = ad.add %s, %1 : (f64, f64) -> f64
    %3 = ad.let %2 <52, "s", "double"> : f64
    ad.next %t %p, %3 : !ad.place<f64>, f64
  } step {
  ^bb0(%p: !ad.place<f64>, %s: f64):
    %t = ad.constant<true> : i1
    %p1 = ad.offset %p, %one : !ad.place<f64>, !int
    %p2 = ad.let %p1 <50, "p", "const double *"> : !ad.place<f64>
    ad.next %t %p2, %s : !ad.place<f64>, f64
  } {locals = [#ad.local<50, "p", "const double *">, #ad.local<52, "s", "double">]}
  ad.for <30, "i", "int"> = %zero lt %n step 1 reversed carry() : !int, !int, () -> () {
  ^bb0(%i: !int):
    %p = ad.playback %tape[%i] as <50, "p", "const double *"> : !ad.tape<!ad.place<f64>>, !int -> !ad.place<f64>
    %d = ad.distance %p, %x : !ad.place<f64> -> !long
    %q = ad.offset %x_bar, %d : !ad.place<f64>, !long
    %l = ad.load %p : !ad.place<f64>
    ad.accumulate %l, %q : !ad.place<f64>
    %q2 = ad.offset %x_bar, %d : !ad.place<f64>, !long
    %la = ad.load %a1 : !ad.place<f64>
    ad.accumulate %la, %q2 : !ad.place<f64>
    %ab = ad.element %a_bar, %i : !ad.place<!row>, !int -> !ad.place<f64>
    %va = ad.access "{0}[{1}]" (%v, %i) : (!ad.place<!vec>, !int) -> !ad.place<f64>
    %vl = ad.load %va : !ad.place<f64>
    ad.accumulate %vl, %ab : !ad.place<f64>
    ad.yield
  }
  %ab0 = ad.element %a_bar, %zero : !ad.place<!row>, !int -> !ad.place<f64>
  %abl = ad.load %ab0 : !ad.place<f64>
  ad.accumulate %abl, %x_bar : !ad.place<f64>
  %xx = ad.global "table" : !ad.place<!row>
  %g = ad.element %xx, %n : !ad.place<!row>, !int -> !ad.place<f64>
  %gl = ad.load %g : !ad.place<f64>
  %gm = ad.mul %w#1, %gl : (f64, f64) -> f64
  ad.accumulate %gm, %x_bar : !ad.place<f64>
  ad.return
}
}
