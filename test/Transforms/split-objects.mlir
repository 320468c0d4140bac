// RUN: adgen-opt --ad-promote-variables %s | FileCheck %s
// A local object of which only members are used is as many values; one that is
// handed on stays.
!vec = !ad.object<"Vec3", true>
!line = !ad.object<"Line", true>
// CHECK-LABEL: func.func @split
// CHECK-NOT: ad.var
// CHECK: [[ZERO:%.*]] = ad.constant<0
// CHECK: [[Y:%.*]] = ad.let [[ZERO]] <{{[0-9]+}}, "d_y", "double">
// CHECK: [[X:%.*]] = ad.let %arg0 <{{[0-9]+}}, "d_x", "double">
// CHECK: ad.add [[X]], [[Y]]
func.func @split(%x: f64 {ad.local = #ad.local<0, "x", "double">}) -> f64 {
  %d = ad.var <1, "d", "Vec3"> {init = " = {{}}", zero_init = " = {{}}"} : !ad.place<!vec>
  %dx = ad.member %d "x" : !ad.place<!vec> -> !ad.place<f64>
  ad.store %x, %dx : !ad.place<f64>
  %again = ad.member %d "x" : !ad.place<!vec> -> !ad.place<f64>
  %v = ad.load %again : !ad.place<f64>
  %dy = ad.member %d "y" : !ad.place<!vec> -> !ad.place<f64>
  %y = ad.load %dy : !ad.place<f64>
  %sum = ad.add %v, %y : (f64, f64) -> f64
  ad.return %sum : f64
}
// Objects within objects.
// CHECK-LABEL: func.func @nested
// CHECK-NOT: ad.var
// CHECK: ad.let %arg0 <{{[0-9]+}}, "l_from_x", "double">
func.func @nested(%x: f64 {ad.local = #ad.local<0, "x", "double">}) -> f64 {
  %l = ad.var <1, "l", "Line"> {zero_init = " = {{}}"} : !ad.place<!line>
  %from = ad.member %l "from" : !ad.place<!line> -> !ad.place<!vec>
  %fx = ad.member %from "x" : !ad.place<!vec> -> !ad.place<f64>
  ad.store %x, %fx : !ad.place<f64>
  %v = ad.load %fx : !ad.place<f64>
  ad.return %v : f64
}
// The elements of tuples are numbered.
// CHECK-LABEL: func.func @tuple
// CHECK: ad.let %arg0 <{{[0-9]+}}, "t1_0", "double">
func.func @tuple(%x: f64 {ad.local = #ad.local<0, "x", "double">}) -> f64 {
  %t = ad.var <1, "t", "std::tuple<int, std::tuple<double>>"> {zero_init = " = {{}}"} : !ad.place<!ad.object<"std::tuple<int, std::tuple<double>>", true>>
  %t1 = ad.member %t "1" : !ad.place<!ad.object<"std::tuple<int, std::tuple<double>>", true>> -> !ad.place<!ad.object<"std::tuple<double>", true>>
  %t10 = ad.member %t1 "0" : !ad.place<!ad.object<"std::tuple<double>", true>> -> !ad.place<f64>
  ad.store %x, %t10 : !ad.place<f64>
  %v = ad.load %t10 : !ad.place<f64>
  ad.return %v : f64
}
// CHECK-LABEL: func.func @swapped
// CHECK: ad.var <1, "d", "Vec3">
// CHECK: ad.var <2, "e", "Vec3">
func.func @swapped(%x: f64 {ad.local = #ad.local<0, "x", "double">}) -> f64 {
  %d = ad.var <1, "d", "Vec3"> {zero_init = " = {{}}"} : !ad.place<!vec>
  %e = ad.var <2, "e", "Vec3"> {init = " = {{}}", zero_init = " = {{}}"} : !ad.place<!vec>
  %dx = ad.member %d "x" : !ad.place<!vec> -> !ad.place<f64>
  ad.store %x, %dx : !ad.place<f64>
  ad.swap %d, %e : !ad.place<!vec>
  %v = ad.load %dx : !ad.place<f64>
  ad.return %v : f64
}
// A member that the user marked inactive keeps its mark.
// CHECK-LABEL: func.func @marked
// CHECK: ad.var <1, "d", "Vec3">
func.func @marked(%x: f64 {ad.local = #ad.local<0, "x", "double">}) -> f64 {
  %d = ad.var <1, "d", "Vec3"> {zero_init = " = {{}}"} : !ad.place<!vec>
  %dx = ad.member %d "x" {inactive} : !ad.place<!vec> -> !ad.place<f64>
  ad.store %x, %dx : !ad.place<f64>
  %v = ad.load %dx : !ad.place<f64>
  ad.return %v : f64
}
