// RUN: adgen %s --emit ir-memory | FileCheck %s
// A pointer that is assigned to is a variable that holds a place; one that is not is a
// name of its target.
#include <utility>
// CHECK: func.func @"walk(const double *, int)"
double walk(const double *x, int n) {
  double s = 0;
  // CHECK: [[E:%.*]] = ad.let {{.*}} <3, "end", "const double *"> : !ad.place<f64>
  const double *end = x + n;
  // CHECK: [[P:%.*]] = ad.var <4, "p", "const double *"> : <!ad.place<f64>>
  // CHECK: ad.store %arg0, [[P]]
  // CHECK: [[V:%.*]] = ad.load [[P]]
  // CHECK: ad.cmp ne [[V]], [[E]]
  // CHECK: [[OLD:%.*]] = ad.load [[P]]
  // CHECK: [[NEW:%.*]] = ad.offset [[OLD]]
  // CHECK: ad.store [[NEW]], [[P]]
  // CHECK: ad.load [[OLD]]
  for (const double *p = x; p != end;)
    s += *p++;
  return s;
}
// CHECK: func.func @"parameter(double *, int)"
double parameter(double *x, int n) {
  // CHECK: [[X:%.*]] = ad.var <0, "x", "double *"> : <!ad.place<f64>>
  // CHECK: ad.store %arg0, [[X]]
  // CHECK: [[OLD:%.*]] = ad.load [[X]]
  // CHECK: [[NEW:%.*]] = ad.offset [[OLD]], %arg1
  // CHECK: ad.store [[NEW]], [[X]]
  x += n;
  // CHECK: [[L:%.*]] = ad.load [[X]]
  // CHECK: ad.load [[L]]
  return *x;
}
// CHECK: func.func @"variables(double, double, int)"
double variables(double a, double b, int n) {
  // CHECK: [[A:%.*]] = ad.var <0, "a"
  // CHECK: [[B:%.*]] = ad.var <1, "b"
  // CHECK: [[P:%.*]] = ad.var <3, "p", "double *">
  // CHECK: ad.store [[A]], [[P]] : <!ad.place<f64>>
  double *p = &a;
  // CHECK: ad.store [[B]], [[P]]
  if (n > 0)
    p = &b;
  *p = 3;
  return a + b;
}
// CHECK: func.func @"chosen(const double *, const double *, int)"
double chosen(const double *x, const double *y, int n) {
  // CHECK: [[C:%.*]] = ad.if {{.*}} -> !ad.place<f64> {
  // CHECK: ad.yield {{.*}} : !ad.place<f64>
  // CHECK: ad.let [[C]] <3, "p", "const double *">
  const double *p = n > 1 ? x + 1 : y;
  return p[1];
}
// CHECK: func.func @"swapped(double *, double *)"
void swapped(double *x, double *y) {
  // CHECK-COUNT-2: ad.load {{.*}} : <!ad.place<f64>>
  // CHECK-COUNT-2: ad.store {{.*}} : <!ad.place<f64>>
  double *t = x;
  x = y;
  y = t;
  *x = 0;
}
// CHECK: func.func @"reference(const double *, int)"
double reference(const double *x, int i) {
  // CHECK: [[P:%.*]] = ad.offset %arg0, %arg1
  // CHECK: [[R:%.*]] = ad.let [[P]] <2, "r", "const double &"> : !ad.place<f64>
  const double &r = x[i];
  // CHECK-COUNT-2: ad.load [[R]]
  return r * r;
}
// CHECK: func.func @"exchanged(double *, double *)"
double exchanged(double *x, double *y) {
  // CHECK: [[X:%.*]] = ad.var <0, "x", "double *">
  // CHECK: [[Y:%.*]] = ad.var <1, "y", "double *">
  // CHECK: [[A:%.*]] = ad.load [[X]]
  // CHECK: [[B:%.*]] = ad.load [[Y]]
  // CHECK: ad.store [[B]], [[X]]
  // CHECK: ad.store [[A]], [[Y]]
  std::swap(x, y);
  return x[0];
}
