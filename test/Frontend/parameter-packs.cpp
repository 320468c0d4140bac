// RUN: adgen %s --function f --emit ir-memory | FileCheck %s
// The parameters of a pack, which share a name, have names of their own.
template <class... T> double sum(double a1, T... a) { return (a1 * ... * a); }
// CHECK: func.func @"sum<double, double, double>(double, double, double, double)"
// CHECK-SAME: #ad.local<0, "a1", "double">
// CHECK-SAME: #ad.local<1, "a", "double">
// CHECK-SAME: #ad.local<2, "a2", "double">
// CHECK-SAME: #ad.local<3, "a3", "double">
double f(double x, double y) { return sum(x, y, x * y, x); }
