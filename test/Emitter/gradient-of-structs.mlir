// RUN: adgen-opt --emit-cpp %s > %t.cpp
// RUN: FileCheck %s < %t.cpp
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror -fsyntax-only %t.cpp
// Members of elements, an adjoint of a class in a local object, a sum in an array of arrays.
// CHECK:      void energy_grad(const Vec3 *p, const double (&m)[2][2], int n, Vec3 *p_bar,
// CHECK-NEXT:                  double (&m_bar)[2][2], double seed = 1.0) {
// CHECK-NEXT:   for (int i = 0; i < n; ++i)
// CHECK-NEXT:     for (int j = 0; j < i; ++j) {
// CHECK-NEXT:       Vec3 d{};
// CHECK-NEXT:       d.x = p[i].x - p[j].x;
// CHECK-NEXT:       // e += d.x * d.x * m[0][1]
// CHECK-NEXT:       Vec3 d_bar{};
// CHECK-NEXT:       m_bar[0][1] += d.x * d.x * seed;
// CHECK-NEXT:       d_bar.x += 2 * d.x * m[0][1] * seed;
// CHECK-NEXT:       // d.x = p[i].x - p[j].x
// CHECK-NEXT:       p_bar[i].x += d_bar.x;
// CHECK-NEXT:       p_bar[j].x -= d_bar.x;
// CHECK-NEXT:     }
// CHECK-NEXT: }
!int = !ad.int<"int", 32, true>
!vec3 = !ad.object<"Vec3", true>
!row = !ad.array<2, f64>
#d1 = loc(fused<#ad.stmt<1, "d.x = p[i].x - p[j].x", true>>["f.cpp":7:1])
#s1 = loc(fused<#ad.stmt<1, "d.x = p[i].x - p[j].x">>["f.cpp":7:1])
#d2 = loc(fused<#ad.stmt<2, "e += d.x * d.x * m[0][1]", true>>["f.cpp":8:1])
module attributes {ad.declarations = ["struct Vec3 {\0A  double x, y, z;\0A};"]} {
func.func @energy(%p: !ad.place<!vec3> {ad.local = #ad.local<0, "p", "const Vec3 *">, ad.type = "const Vec3 *", ad.pass = "pointer", ad.in_memory},
                  %m: !ad.place<!ad.array<2, !row>> {ad.local = #ad.local<1, "m", "const double (&)[2][2]">, ad.type = "const double (&)[2][2]", ad.pass = "reference", ad.in_memory},
                  %n: !int {ad.local = #ad.local<2, "n", "int">, ad.type = "int"},
                  %p_bar: !ad.place<!vec3> {ad.local = #ad.local<10, "p_bar", "Vec3 *", true>, ad.role = "adjoint", ad.of = 0 : i64},
                  %m_bar: !ad.place<!ad.array<2, !row>> {ad.local = #ad.local<11, "m_bar", "double (&)[2][2]", true>, ad.role = "adjoint", ad.of = 1 : i64},
                  %seed: f64 {ad.local = #ad.local<12, "seed", "double", true>, ad.role = "seed", ad.type = "double", ad.default = "1"})
    attributes {ad.base = "energy", ad.derivative = "reverse", ad.name = "energy", ad.return_type = "double", ad.suffix = "", ad.wrt = [0, 1]} {
  %zero = ad.constant<0 : i32> : !int
  %one = ad.constant<1 : i32> : !int
  %ftwo = ad.constant<2.0 : f64> : f64
  ad.for <20, "i", "int"> = %zero lt %n step 1 carry() : !int, !int, () -> () {
  ^bb0(%i: !int):
    ad.for <21, "j", "int"> = %zero lt %i step 1 carry() : !int, !int, () -> () {
    ^bb1(%j: !int):
      %pi = ad.offset %p, %i : !ad.place<!vec3>, !int
      %pj = ad.offset %p, %j : !ad.place<!vec3>, !int
      %pix = ad.member %pi "x" : !ad.place<!vec3> -> !ad.place<f64>
      %pjx = ad.member %pj "x" : !ad.place<!vec3> -> !ad.place<f64>
      %d = ad.var <22, "d", "Vec3"> {init = "{{}}", zero_init = "{{}}"} : !ad.place<!vec3> loc(#s1)
      %dx = ad.member %d "x" : !ad.place<!vec3> -> !ad.place<f64>
      %0 = ad.load %pix : !ad.place<f64> loc(#s1)
      %1 = ad.load %pjx : !ad.place<f64> loc(#s1)
      %2 = ad.sub %0, %1 : (f64, f64) -> f64 loc(#s1)
      ad.store %2, %dx : !ad.place<f64> loc(#s1)
      %d_bar = ad.var <23, "d_bar", "Vec3", true> {init = "{{}}"} : !ad.place<!vec3> loc(#d2)
      %dbx = ad.member %d_bar "x" : !ad.place<!vec3> -> !ad.place<f64>
      %m0 = ad.element %m, %zero : !ad.place<!ad.array<2, !row>>, !int -> !ad.place<!row>
      %m01 = ad.element %m0, %one : !ad.place<!row>, !int -> !ad.place<f64>
      %mb0 = ad.element %m_bar, %zero : !ad.place<!ad.array<2, !row>>, !int -> !ad.place<!row>
      %mb01 = ad.element %mb0, %one : !ad.place<!row>, !int -> !ad.place<f64>
      %3 = ad.load %dx : !ad.place<f64> loc(#d2)
      %4 = ad.load %m01 : !ad.place<f64> loc(#d2)
      %5 = ad.mul %3, %3 : (f64, f64) -> f64 loc(#d2)
      %6 = ad.mul %5, %seed : (f64, f64) -> f64 loc(#d2)
      %7 = ad.mul %ftwo, %3 : (f64, f64) -> f64 loc(#d2)
      %8 = ad.mul %7, %4 : (f64, f64) -> f64 loc(#d2)
      %9 = ad.mul %8, %seed : (f64, f64) -> f64 loc(#d2)
      ad.accumulate %6, %mb01 : !ad.place<f64> loc(#d2)
      ad.accumulate %9, %dbx : !ad.place<f64> loc(#d2)
      %pib = ad.offset %p_bar, %i : !ad.place<!vec3>, !int
      %pjb = ad.offset %p_bar, %j : !ad.place<!vec3>, !int
      %pibx = ad.member %pib "x" : !ad.place<!vec3> -> !ad.place<f64>
      %pjbx = ad.member %pjb "x" : !ad.place<!vec3> -> !ad.place<f64>
      %10 = ad.load %dbx : !ad.place<f64> loc(#d1)
      %11 = ad.neg %10 : (f64) -> f64 loc(#d1)
      ad.accumulate %10, %pibx : !ad.place<f64> loc(#d1)
      ad.accumulate %11, %pjbx : !ad.place<f64> loc(#d1)
      ad.yield
    }
    ad.yield
  }
  ad.return
}
}
