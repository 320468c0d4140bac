// RUN: adgen-opt --emit-cpp %s > %t.cpp
// RUN: FileCheck %s < %t.cpp
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror -fsyntax-only %t.cpp
// Objects and pointers are swapped; what a container held before is somewhere else then.
// CHECK: auto *p = &u[0];
// CHECK-NEXT: const double p0 = *p;
// CHECK-NEXT: next[0] = p0;
// CHECK-NEXT: const double next0 = next[0];
// CHECK-NEXT: std::swap(u, next);
// CHECK-NEXT: // std::swap(u, next)
// CHECK-NEXT: std::swap(u_bar, next_bar);
// CHECK-NEXT: *p += next0;
// CHECK-NEXT: *p += u_bar[0];
// CHECK-NEXT: double *to = x + n;
// CHECK-NEXT: double *from = x;
// CHECK-NEXT: for (int i = 0; i < n; ++i) {
// CHECK-NEXT:   to[i] = *from;
// CHECK-NEXT:   std::swap(from, to);
// CHECK-NEXT: }
// CHECK-NEXT: *from += p0;
!int = !ad.int<"int", 32, true>
!vec = !ad.object<"std::vector<double>", true>
!p = !ad.place<f64>
#d = loc(fused<#ad.stmt<1, "std::swap(u, next)", true>>["f.cpp":7:1])
module {
func.func @f(%u: !ad.place<!vec> {ad.local = #ad.local<0, "u", "std::vector<double> &">, ad.type = "std::vector<double> &", ad.pass = "reference", ad.in_memory, ad.out = -1},
             %x: !p {ad.local = #ad.local<1, "x", "double *">, ad.type = "double *", ad.pass = "pointer", ad.in_memory, ad.out = -1},
             %n: !int {ad.local = #ad.local<2, "n", "int">, ad.type = "int"},
             %u_bar: !ad.place<!vec> {ad.local = #ad.local<10, "u_bar", "std::vector<double> &", true>, ad.role = "adjoint", ad.of = 0 : i64})
    attributes {ad.base = "f", ad.derivative = "reverse", ad.name = "f", ad.return_type = "void", ad.suffix = "", ad.wrt = [0]} {
  %0 = ad.constant<0 : i32> : !int
  %1 = ad.constant<1 : i32> : !int
  %next = ad.var <20, "next", "std::vector<double>"> (%n : !int) {init = "({0})"} : !ad.place<!vec>
  %next_bar = ad.var <21, "next_bar", "std::vector<double>", true> (%n : !int) {init = "({0})"} : !ad.place<!vec>
  %u0 = ad.access "{0}[{1}]" (%u, %0) : (!ad.place<!vec>, !int) -> !p
  %n0 = ad.access "{0}[{1}]" (%next, %0) : (!ad.place<!vec>, !int) -> !p
  %a = ad.load %u0 : !p
  ad.store %a, %n0 : !p
  %b = ad.load %n0 : !p
  ad.swap %u, %next : !ad.place<!vec>
  ad.swap %u_bar, %next_bar : !ad.place<!vec> loc(#d)
  ad.accumulate %b, %u0 : !p
  %ub0 = ad.access "{0}[{1}]" (%u_bar, %0) : (!ad.place<!vec>, !int) -> !p
  %l = ad.load %ub0 : !p
  ad.accumulate %l, %u0 : !p
  %y = ad.offset %x, %n : !p, !int
  %y0 = ad.let %y <30, "to", "double *"> : !p
  %x0 = ad.let %x <31, "from", "double *"> : !p
  %r:2 = ad.for <32, "i", "int"> = %0 lt %n step 1 carry(%x0, %y0) : !int, !int, (!p, !p) -> (!p, !p) {
  ^bb0(%i: !int, %from: !p, %to: !p):
    %f = ad.load %from : !p
    %ti = ad.offset %to, %i : !p, !int
    ad.store %f, %ti : !p
    ad.yield %to, %from : !p, !p
  } {locals = [#ad.local<31, "from", "double *">, #ad.local<30, "to", "double *">]}
  ad.accumulate %a, %r#0 : !p
  ad.return
}
}
