// RUN: adgen-opt --emit-cpp %s | FileCheck %s
// The element of a tuple is found by std::get, also behind a pointer.
!tuple = !ad.object<"std::tuple<double, int, double>", true>
// CHECK:      #include <tuple>
// CHECK:      double f_jvp(const std::tuple<double, int, double> *t,
// CHECK:        std::get<2>(t_dot[3]) = 0;
// CHECK-NEXT:   return std::get<2>(*t) + std::get<2>(*t) * std::get<0>(t[1]);
func.func @f(%t: !ad.place<!tuple> {ad.in_memory, ad.local = #ad.local<0, "t", "const std::tuple<double, int, double> *">, ad.pass = "pointer", ad.type = "const std::tuple<double, int, double> *"},
             %t_dot: !ad.place<!tuple> {ad.in_memory, ad.local = #ad.local<1, "t_dot", "std::tuple<double, int, double> *">, ad.of = 0, ad.out = -1, ad.pass = "pointer", ad.role = "tangent", ad.type = "std::tuple<double, int, double> *"})
    -> (f64 {ad.member = "value"})
    attributes {ad.base = "f", ad.derivative = "forward", ad.name = "f",
                ad.return_type = "double", ad.suffix = "", ad.wrt = [0]} {
  %one = ad.constant<1 : i32> : !ad.int<"int", 32, true>
  %three = ad.constant<3 : i32> : !ad.int<"int", 32, true>
  %zero = ad.constant<0.0 : f64> : f64
  %p2 = ad.member %t "2" : !ad.place<!tuple> -> !ad.place<f64>
  %v2 = ad.load %p2 : !ad.place<f64>
  %q = ad.offset %t_dot, %three : !ad.place<!tuple>, !ad.int<"int", 32, true>
  %q2 = ad.member %q "2" : !ad.place<!tuple> -> !ad.place<f64>
  ad.store %zero, %q2 : !ad.place<f64>
  %r = ad.offset %t, %one : !ad.place<!tuple>, !ad.int<"int", 32, true>
  %r0 = ad.member %r "0" : !ad.place<!tuple> -> !ad.place<f64>
  %v0 = ad.load %r0 : !ad.place<f64>
  %product = ad.mul %v2, %v0 : (f64, f64) -> f64
  %sum = ad.add %v2, %product : (f64, f64) -> f64
  ad.return %sum : f64
}
