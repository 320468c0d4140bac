// RUN: adgen-opt --emit-cpp %s | FileCheck %s
// Places within arrays, objects and containers, read, written and passed on as a person would write them.
!int = !ad.int<"int", 32, true>
!size = !ad.int<"unsigned long", 64, false>
!row = !ad.array<3, f64>
!vec = !ad.object<"std::vector<double>", true>
!vec3 = !ad.object<"Vec3", true>
module {
func.func private @use(%p: !ad.place<f64> {ad.type = "const double *", ad.pass = "pointer"}, %d: !ad.place<!vec3> {ad.type = "const Vec3 &", ad.pass = "reference"}, %e: !ad.place<!vec3> {ad.type = "Vec3 *", ad.pass = "pointer"})
    -> f64 attributes {ad.name = "use", ad.spelling = "use", ad.return_type = "double"}

// CHECK:      void f_grad(const double *x, double (*m)[3], const std::vector<double> &v,
// CHECK-NEXT:             const Vec3 *p, const double (&a)[3][3], int n, double *x_bar,
// CHECK-NEXT:             double (*m_bar)[3], std::vector<double> &v_bar, Vec3 *p_bar,
// CHECK-NEXT:             double (&a_bar)[3][3]) {
func.func @f(%x: !ad.place<f64> {ad.local = #ad.local<0, "x", "const double *">, ad.type = "const double *", ad.pass = "pointer", ad.in_memory},
             %m: !ad.place<!row> {ad.local = #ad.local<1, "m", "double (*)[3]">, ad.type = "double (*)[3]", ad.pass = "pointer", ad.in_memory, ad.out = -1},
             %v: !ad.place<!vec> {ad.local = #ad.local<2, "v", "std::vector<double> &">, ad.type = "const std::vector<double> &", ad.pass = "reference", ad.in_memory},
             %p: !ad.place<!vec3> {ad.local = #ad.local<3, "p", "const Vec3 *">, ad.type = "const Vec3 *", ad.pass = "pointer", ad.in_memory},
             %a: !ad.place<!ad.array<3, !row>> {ad.local = #ad.local<4, "a", "const double (&)[3][3]">, ad.type = "const double (&)[3][3]", ad.pass = "reference", ad.in_memory},
             %n: !int {ad.local = #ad.local<5, "n", "int">, ad.type = "int"},
             %x_bar: !ad.place<f64> {ad.local = #ad.local<10, "x_bar", "double *", true>, ad.role = "adjoint", ad.of = 0 : i64},
             %m_bar: !ad.place<!row> {ad.local = #ad.local<11, "m_bar", "double (*)[3]", true>, ad.role = "adjoint", ad.of = 1 : i64},
             %v_bar: !ad.place<!vec> {ad.local = #ad.local<12, "v_bar", "std::vector<double> &", true>, ad.role = "adjoint", ad.of = 2 : i64},
             %p_bar: !ad.place<!vec3> {ad.local = #ad.local<13, "p_bar", "Vec3 *", true>, ad.role = "adjoint", ad.of = 3 : i64},
             %a_bar: !ad.place<!ad.array<3, !row>> {ad.local = #ad.local<14, "a_bar", "double (&)[3][3]", true>, ad.role = "adjoint", ad.of = 4 : i64})
    attributes {ad.base = "f", ad.derivative = "reverse", ad.name = "f",
                ad.return_type = "void", ad.suffix = "", ad.wrt = [0]} {
  %zero = ad.constant<0 : i32> : !int
  %one = ad.constant<1 : i32> : !int
  %two = ad.constant<2 : i32> : !int
  // CHECK-NEXT: *x_bar += x[n - 1];
  // CHECK-NEXT: x_bar[n * 2 + 1] += x[-n];
  %0 = ad.sub %n, %one : (!int, !int) -> !int
  %x1 = ad.offset %x, %0 : !ad.place<f64>, !int
  %1 = ad.load %x1 : !ad.place<f64>
  ad.accumulate %1, %x_bar : !ad.place<f64>
  %2 = ad.mul %n, %two : (!int, !int) -> !int
  %x2 = ad.offset %x_bar, %2 : !ad.place<f64>, !int
  %x3 = ad.offset %x2, %one : !ad.place<f64>, !int
  %3 = ad.neg %n : (!int) -> !int
  %x4 = ad.offset %x, %3 : !ad.place<f64>, !int
  %4 = ad.load %x4 : !ad.place<f64>
  ad.accumulate %4, %x3 : !ad.place<f64>
  // CHECK-NEXT: m[n][1] = a[2][n - 1];
  %m1 = ad.offset %m, %n : !ad.place<!row>, !int
  %m2 = ad.element %m1, %one : !ad.place<!row>, !int -> !ad.place<f64>
  %a1 = ad.element %a, %two : !ad.place<!ad.array<3, !row>>, !int -> !ad.place<!row>
  %a2 = ad.element %a1, %0 : !ad.place<!row>, !int -> !ad.place<f64>
  %5 = ad.load %a2 : !ad.place<f64>
  ad.store %5, %m2 : !ad.place<f64>
  // CHECK-NEXT: a_bar[0][0] -= m_bar[n][1];
  %m3 = ad.offset %m_bar, %n : !ad.place<!row>, !int
  %m4 = ad.element %m3, %one : !ad.place<!row>, !int -> !ad.place<f64>
  %a3 = ad.element %a_bar, %zero : !ad.place<!ad.array<3, !row>>, !int -> !ad.place<!row>
  %a4 = ad.element %a3, %zero : !ad.place<!row>, !int -> !ad.place<f64>
  %6 = ad.load %m4 : !ad.place<f64>
  %7 = ad.neg %6 : (f64) -> f64
  ad.accumulate %7, %a4 : !ad.place<f64>
  // CHECK-NEXT: for (unsigned long i = 0; i < v.size(); ++i)
  // CHECK-NEXT:   v_bar[i] += v.at(v.size() - 1 - i) * p[n].x;
  %s0 = ad.constant<0 : i64> : !size
  %s1 = ad.constant<1 : i64> : !size
  %8 = ad.query "{0}.size()" (%v) : (!ad.place<!vec>) -> !size
  ad.for <20, "i", "unsigned long"> = %s0 lt %8 step 1 carry() : !size, !size, () -> () {
  ^bb0(%i: !size):
    %9 = ad.query "{0}.size()" (%v) : (!ad.place<!vec>) -> !size
    %10 = ad.sub %9, %s1 : (!size, !size) -> !size
    %11 = ad.sub %10, %i : (!size, !size) -> !size
    %v1 = ad.access "{0}.at({1})" (%v, %11) : (!ad.place<!vec>, !size) -> !ad.place<f64>
    %12 = ad.load %v1 : !ad.place<f64>
    %p1 = ad.offset %p, %n : !ad.place<!vec3>, !int
    %p2 = ad.member %p1 "x" : !ad.place<!vec3> -> !ad.place<f64>
    %13 = ad.load %p2 : !ad.place<f64>
    %14 = ad.mul %12, %13 : (f64, f64) -> f64
    %v2 = ad.access "{0}[{1}]" (%v_bar, %i) : (!ad.place<!vec>, !size) -> !ad.place<f64>
    ad.accumulate %14, %v2 : !ad.place<f64>
    ad.yield
  }
  // A pointer to an object, a member of it, and an object by the pointer.
  // CHECK-NEXT: p_bar->y += use(x + n, *p, p_bar + 1);
  // CHECK-NEXT: p_bar->y += use(a[1] + n, p[1], p_bar);
  // CHECK-NEXT: p_bar->y += use(m[n], p[1], p_bar);
  // CHECK-NEXT: p_bar->y += use(&v[0], p[1], p_bar);
  // CHECK-NEXT: p_bar->y += use(v.data() + n, p[1], p_bar);
  // CHECK-NEXT: p_bar->y += use(&p->z, p[1], p_bar);
  %q1 = ad.member %p_bar "y" : !ad.place<!vec3> -> !ad.place<f64>
  %x5 = ad.offset %x, %n : !ad.place<f64>, !int
  %p3 = ad.offset %p_bar, %one : !ad.place<!vec3>, !int
  %15 = ad.call @use(%x5, %p, %p3) : (!ad.place<f64>, !ad.place<!vec3>, !ad.place<!vec3>) -> f64
  ad.accumulate %15, %q1 : !ad.place<f64>
  %a5 = ad.element %a, %one : !ad.place<!ad.array<3, !row>>, !int -> !ad.place<!row>
  %a6 = ad.element %a5, %n : !ad.place<!row>, !int -> !ad.place<f64>
  %p4 = ad.offset %p, %one : !ad.place<!vec3>, !int
  %16 = ad.call @use(%a6, %p4, %p_bar) : (!ad.place<f64>, !ad.place<!vec3>, !ad.place<!vec3>) -> f64
  ad.accumulate %16, %q1 : !ad.place<f64>
  %m5 = ad.element %m1, %zero : !ad.place<!row>, !int -> !ad.place<f64>
  %17 = ad.call @use(%m5, %p4, %p_bar) : (!ad.place<f64>, !ad.place<!vec3>, !ad.place<!vec3>) -> f64
  ad.accumulate %17, %q1 : !ad.place<f64>
  %v3 = ad.access "{0}[{1}]" (%v, %s0) : (!ad.place<!vec>, !size) -> !ad.place<f64>
  %18 = ad.call @use(%v3, %p4, %p_bar) : (!ad.place<f64>, !ad.place<!vec3>, !ad.place<!vec3>) -> f64
  ad.accumulate %18, %q1 : !ad.place<f64>
  %v4 = ad.access "{0}.data()" (%v) : (!ad.place<!vec>) -> !ad.place<f64>
  %v5 = ad.offset %v4, %n : !ad.place<f64>, !int
  %19 = ad.call @use(%v5, %p4, %p_bar) : (!ad.place<f64>, !ad.place<!vec3>, !ad.place<!vec3>) -> f64
  ad.accumulate %19, %q1 : !ad.place<f64>
  %p5 = ad.member %p "z" : !ad.place<!vec3> -> !ad.place<f64>
  %20 = ad.call @use(%p5, %p4, %p_bar) : (!ad.place<f64>, !ad.place<!vec3>, !ad.place<!vec3>) -> f64
  ad.accumulate %20, %q1 : !ad.place<f64>
  ad.return
}
}
