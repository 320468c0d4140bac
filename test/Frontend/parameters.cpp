// RUN: adgen %s --emit ir-memory | FileCheck %s
// A parameter that the function assigns is a variable; any other is its argument.
// CHECK: func.func @"f(double, double, int, double)"(
// CHECK-SAME: %arg3: f64 {ad.default = "1.5", ad.local = #ad.local<3, "p3", "double", true>, ad.type = "double"}
double f(double x, double y, int n, double = 1.5) {
  // CHECK: [[X:%.*]] = ad.var <0, "x", "double">
  // CHECK-NEXT: ad.store %arg0, [[X]]
  // CHECK-NEXT: [[N:%.*]] = ad.var <2, "n", "int">
  // CHECK-NEXT: ad.store %arg2, [[N]]
  // CHECK-NOT: ad.var
  // CHECK: ad.mul {{.*}}, %arg1
  x = x * y;
  while (n-- > 0)
    x += 1;
  return x;
}
