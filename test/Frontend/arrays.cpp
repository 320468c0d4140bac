// RUN: adgen %s --emit ir-memory | FileCheck %s
// A local array is a variable: constants are its initializer, everything else is
// stored to its elements.
// CHECK: func.func @"stored(double)"
double stored(double x) {
  // CHECK: [[A:%.*]] = ad.var <1, "a", "double[3]"> {init = "{{ = [{][{][}][}]}}", zero_init = "{{ = [{][{][}][}]}}"} : <!ad.array<3, f64>>
  // CHECK: [[E:%.*]] = ad.element [[A]], {{.*}} : <!ad.array<3, f64>>, !ad.int<"int", 32, true> -> <f64>
  // CHECK: ad.store %arg0, [[E]]
  // CHECK: [[F:%.*]] = ad.element [[A]]
  // CHECK: ad.store {{.*}}, [[F]]
  double a[3] = {x, 2 * x};
  return a[2];
}
// CHECK: func.func @"constants(double, int)"
double constants(double x, int i) {
  // CHECK: [[A:%.*]] = ad.constant<5.000000e-01 : f64>
  // CHECK: ad.var <2, "w", "const double[2]">([[A]], {{.*}} : f64, f64) {init = "{{ = [{][{][{]0[}], [{]1[}][}][}]}}", {{.*}}} : <!ad.array<2, f64>>
  static const double w[] = {.5, -1};
  // CHECK: ad.var <3, "m", "int[2][2]">({{.*}}) {init = "{{ = [{][{][{][{][{]0[}], [{]1[}][}][}], [{][{][{]2[}][}][}][}][}]}}"
  int m[2][2] = {{1, 2}, {3}};
  // CHECK-NOT: ad.store
  // CHECK: ad.element {{.*}} -> <!ad.array<2, !ad.int<"int", 32, true>>>
  // CHECK: ad.element {{.*}} -> <!ad.int<"int", 32, true>>
  return x * w[m[1][i]];
}
// CHECK: func.func @"uninitialized(float)"
float uninitialized(float x) {
  // CHECK: [[U:%.*]] = ad.var <1, "u", "float[2]"> {zero_init = "{{ = [{][{][}][}]}}"}
  float u[2];
  // CHECK: [[Z:%.*]] = ad.constant<0
  // CHECK: [[E:%.*]] = ad.element [[U]], [[Z]]
  // CHECK: [[P:%.*]] = ad.let [[E]] <2, "p", "float *">
  float *p = u;
  p[1] = x;
  return u[1];
}
// CHECK: func.func @"reference(const double (&)[2])"(
// CHECK-SAME: %arg0: !ad.place<!ad.array<2, f64>> {ad.in_memory, ad.local = #ad.local<0, "a", "double[2]">, ad.pass = "reference", ad.type = "const double (&)[2]"}
double reference(const double (&a)[2]) {
  // CHECK: ad.element %arg0
  const auto &b = a;
  return b[1];
}
// CHECK: func.func @"rows(double (&)[2][3], int)"
double rows(double (&m)[2][3], int i) {
  // CHECK: [[R:%.*]] = ad.element %arg0, %arg1
  // CHECK: ad.let [[R]] <2, "row", "double (&)[3]"> : !ad.place<!ad.array<3, f64>>
  auto &row = m[i];
  return row[0];
}
