// RUN: adgen-opt --emit-cpp %s | FileCheck %s
// Changes of shape as a person writes them; an element keeps its name behind one, the last one does not.
!int = !ad.int<"int", 32, true>
!size = !ad.int<"unsigned long", 64, false>
!vec = !ad.object<"std::vector<double>", true>
func.func @f(%n: !int {ad.local = #ad.local<0, "n", "int">, ad.type = "int"},
             %x: f64 {ad.local = #ad.local<1, "x", "double">, ad.type = "double"}) -> f64
    attributes {ad.name = "f", ad.base = "f", ad.namespace = [], ad.file = "f.cpp", ad.line = 1 : i64, ad.return_type = "double",
                ad.derivative = "reverse", ad.wrt = [1], ad.with_value} {
  %v = ad.var <2, "v", "std::vector<double>"> : <!vec>
  // CHECK: v.resize(n);
  ad.resize %v to %n : <!vec>, !int
  %zero = ad.constant<0 : i32> : !int
  %first = ad.access "{0}[{1}]"(%v, %zero) : (!ad.place<!vec>, !int) -> !ad.place<f64>
  // CHECK-NEXT: v.push_back(x);
  ad.push %v, %x : f64 : <!vec>
  // CHECK-NEXT: v[0] = x;
  ad.store %x, %first : <f64>
  %q = ad.query "{0}.size() - 1"(%v) : (!ad.place<!vec>) -> !size
  %last = ad.access "{0}[{1}]"(%v, %q) : (!ad.place<!vec>, !size) -> !ad.place<f64>
  // CHECK-NEXT: v.back() = x;
  ad.store %x, %last : <f64>
  // CHECK-NEXT: const double [[Y:.*]] = v.back();
  %y = ad.load %last : <f64>
  // CHECK-NEXT: v.pop_back();
  ad.pop %v : <!vec>
  // CHECK-NEXT: v.emplace_back();
  ad.push %v : <!vec>
  // CHECK-NEXT: v.clear();
  ad.resize %v to %zero : <!vec>, !int
  // CHECK-NEXT: return {[[Y]]};
  ad.return %y : f64
}
