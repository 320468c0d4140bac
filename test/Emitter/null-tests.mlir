// RUN: adgen-opt --emit-cpp %s | FileCheck %s
// A test of a pointer parameter for null names the parameter.
// CHECK:      void f_grad(double *out, double *out_bar) {
// CHECK-NEXT:   if (out != nullptr)
// CHECK-NEXT:     *out_bar += *out;
module {
func.func @f(%out: !ad.place<f64> {ad.local = #ad.local<0, "out", "double">, ad.type = "double *", ad.pass = "pointer", ad.in_memory},
             %out_bar: !ad.place<f64> {ad.local = #ad.local<1, "out_bar", "double", true>, ad.role = "adjoint", ad.of = 0 : i64})
    attributes {ad.base = "f", ad.derivative = "reverse", ad.name = "f",
                ad.return_type = "void", ad.suffix = "", ad.wrt = [0]} {
  %t = ad.test "!= nullptr"() {parameter = #ad.local<0, "out", "double">} : () -> i1
  ad.if %t {
    %v = ad.load %out : <f64>
    ad.accumulate %v, %out_bar : <f64>
    ad.yield
  } else {
    ad.yield
  }
  ad.return
}
}
