// RUN: adgen-opt --emit-cpp %s > %t.cpp
// RUN: FileCheck %s < %t.cpp
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror -fsyntax-only %t.cpp
// Containers and their shadows: sizes, elements, a value that several statements read before it is zeroed.
// CHECK:      double heat_grad(std::vector<double> &u, double k, std::vector<double> &u_bar) {
// CHECK-NEXT:   assert(u_bar.size() == u.size());
// CHECK-NEXT:   const int n = u.size();
// CHECK-NEXT:   std::vector<double> next_bar(n);
// CHECK-NEXT:   double k_bar = 0;
// CHECK-NEXT:   for (int i = n - 2; i >= 1; --i) {
// CHECK-NEXT:     // next[i] = u[i] + k * (u[i - 1] - 2 * u[i] + u[i + 1])
// CHECK-NEXT:     const double t_bar = next_bar[i];
// CHECK-NEXT:     next_bar[i] = 0;
// CHECK-NEXT:     k_bar += (u[i - 1] - 2 * u[i] + u[i + 1]) * t_bar;
// CHECK-NEXT:     u_bar[i - 1] += k * t_bar;
// CHECK-NEXT:     u_bar[i] += (1 - 2 * k) * t_bar;
// CHECK-NEXT:     u_bar[i + 1] += k * t_bar;
// CHECK-NEXT:   }
// CHECK-NEXT:   // next[n - 1] = u[n - 1]
// CHECK-NEXT:   u_bar[n - 1] += next_bar[n - 1];
// CHECK-NEXT:   next_bar[n - 1] = 0;
// CHECK-NEXT:   // next[0] = u[0]
// CHECK-NEXT:   u_bar[0] += next_bar[0];
// CHECK-NEXT:   next_bar[0] = 0;
// CHECK-NEXT:   return k_bar;
// CHECK-NEXT: }
!int = !ad.int<"int", 32, true>
!vec = !ad.object<"std::vector<double>", true>
#t1 = loc(fused<#ad.stmt<11, "next[0] = u[0]", true>>["f.cpp":9:1])
#t2 = loc(fused<#ad.stmt<12, "next[i] = u[i] + k * (u[i - 1] - 2 * u[i] + u[i + 1])", true>>["f.cpp":9:1])
#t3 = loc(fused<#ad.stmt<13, "next[n - 1] = u[n - 1]", true>>["f.cpp":9:1])
func.func @heat(%u: !ad.place<!vec> {ad.local = #ad.local<0, "u", "std::vector<double> &">, ad.type = "std::vector<double> &", ad.pass = "reference", ad.in_memory, ad.out = -1},
                 %k: f64 {ad.local = #ad.local<1, "k", "double">, ad.type = "double"},
                 %u_bar: !ad.place<!vec> {ad.local = #ad.local<10, "u_bar", "std::vector<double> &", true>, ad.role = "adjoint", ad.of = 0 : i64}) -> (f64 {ad.member = "k"})
    attributes {ad.base = "heat", ad.derivative = "reverse", ad.name = "heat", ad.return_type = "void", ad.suffix = "", ad.wrt = [0, 1]} {
  %zero = ad.constant<0 : i32> : !int
  %one = ad.constant<1 : i32> : !int
  %fz = ad.constant<0.0 : f64> : f64
  %ftwo = ad.constant<2.0 : f64> : f64
  %fone = ad.constant<1.0 : f64> : f64
  ad.statement "assert({0}.size() == {1}.size())"(%u_bar, %u) : !ad.place<!vec>, !ad.place<!vec>
  %size = ad.query "{0}.size()" (%u) : (!ad.place<!vec>) -> !ad.int<"unsigned long", 64, false>
  %n0 = ad.cast %size : !ad.int<"unsigned long", 64, false> to !int
  %n = ad.let %n0 <2, "n", "int"> : !int
  %next = ad.var <20, "next", "std::vector<double>"> (%n : !int) {init = "({0})"} : !ad.place<!vec>
  %next_bar = ad.var <21, "next_bar", "std::vector<double>", true> (%n : !int) {init = "({0})"} : !ad.place<!vec>
  %upper = ad.sub %n, %one : (!int, !int) -> !int
  %kb0 = ad.let %fz <30, "k_bar", "double", true> : f64
  %kb = ad.for <22, "i", "int"> = %one lt %upper step 1 reversed carry(%kb0) : !int, !int, (f64) -> f64 {
  ^bb1(%i: !int, %kb1: f64):
    %nb = ad.access "{0}[{1}]" (%next_bar, %i) : (!ad.place<!vec>, !int) -> !ad.place<f64>
    %1 = ad.load %nb : !ad.place<f64> loc(#t2)
    ad.store %fz, %nb : !ad.place<f64> loc(#t2)
    %im = ad.sub %i, %one : (!int, !int) -> !int
    %ip = ad.add %i, %one : (!int, !int) -> !int
    %um = ad.access "{0}[{1}]" (%u, %im) : (!ad.place<!vec>, !int) -> !ad.place<f64>
    %uc = ad.access "{0}[{1}]" (%u, %i) : (!ad.place<!vec>, !int) -> !ad.place<f64>
    %up = ad.access "{0}[{1}]" (%u, %ip) : (!ad.place<!vec>, !int) -> !ad.place<f64>
    %ubm = ad.access "{0}[{1}]" (%u_bar, %im) : (!ad.place<!vec>, !int) -> !ad.place<f64>
    %ubc = ad.access "{0}[{1}]" (%u_bar, %i) : (!ad.place<!vec>, !int) -> !ad.place<f64>
    %ubp = ad.access "{0}[{1}]" (%u_bar, %ip) : (!ad.place<!vec>, !int) -> !ad.place<f64>
    %2 = ad.load %um : !ad.place<f64> loc(#t2)
    %3 = ad.load %uc : !ad.place<f64> loc(#t2)
    %4 = ad.load %up : !ad.place<f64> loc(#t2)
    %5 = ad.mul %ftwo, %3 : (f64, f64) -> f64 loc(#t2)
    %6 = ad.sub %2, %5 : (f64, f64) -> f64 loc(#t2)
    %7 = ad.add %6, %4 : (f64, f64) -> f64 loc(#t2)
    %8 = ad.mul %7, %1 : (f64, f64) -> f64 loc(#t2)
    %9 = ad.add %kb1, %8 : (f64, f64) -> f64 loc(#t2)
    %10 = ad.let %9 <30, "k_bar", "double", true> : f64 loc(#t2)
    %11 = ad.mul %k, %1 : (f64, f64) -> f64 loc(#t2)
    %12 = ad.mul %ftwo, %k : (f64, f64) -> f64 loc(#t2)
    %13 = ad.sub %fone, %12 : (f64, f64) -> f64 loc(#t2)
    %14 = ad.mul %13, %1 : (f64, f64) -> f64 loc(#t2)
    ad.accumulate %11, %ubm : !ad.place<f64> loc(#t2)
    ad.accumulate %14, %ubc : !ad.place<f64> loc(#t2)
    ad.accumulate %11, %ubp : !ad.place<f64> loc(#t2)
    ad.yield %10 : f64
  } {locals = [#ad.local<30, "k_bar", "double", true>]}
  %nb = ad.access "{0}[{1}]" (%next_bar, %upper) : (!ad.place<!vec>, !int) -> !ad.place<f64>
  %ub = ad.access "{0}[{1}]" (%u_bar, %upper) : (!ad.place<!vec>, !int) -> !ad.place<f64>
  %1 = ad.load %nb : !ad.place<f64> loc(#t3)
  ad.store %fz, %nb : !ad.place<f64> loc(#t3)
  ad.accumulate %1, %ub : !ad.place<f64> loc(#t3)
  %nb0 = ad.access "{0}[{1}]" (%next_bar, %zero) : (!ad.place<!vec>, !int) -> !ad.place<f64>
  %ub0 = ad.access "{0}[{1}]" (%u_bar, %zero) : (!ad.place<!vec>, !int) -> !ad.place<f64>
  %2 = ad.load %nb0 : !ad.place<f64> loc(#t1)
  ad.store %fz, %nb0 : !ad.place<f64> loc(#t1)
  ad.accumulate %2, %ub0 : !ad.place<f64> loc(#t1)
  ad.return %kb : f64
}
