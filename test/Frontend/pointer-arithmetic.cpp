// RUN: adgen %s --emit ir-memory | FileCheck %s
// A pointer that is walked along is a place: indexing and arithmetic are offsets.
// CHECK: func.func @"index(const double *, int)"(
// CHECK-SAME: %arg0: !ad.place<f64> {ad.in_memory, ad.local = #ad.local<0, "x", "const double *">, ad.pass = "pointer", ad.type = "const double *"}
double index(const double *x, int i) {
  // CHECK: [[P:%.*]] = ad.offset %arg0, %arg1 : <f64>, !ad.int<"int", 32, true>
  // CHECK: [[V:%.*]] = ad.load [[P]]
  // CHECK: ad.return [[V]]
  return x[i];
}
// CHECK: func.func @"first(double *, int)"(
// CHECK-SAME: ad.out = -1
double first(double *x, int i) {
  // CHECK: ad.load %arg0 : <f64>
  // CHECK: ad.offset %arg0, %arg1 : <f64>
  // CHECK: [[P:%.*]] = ad.offset %arg0
  // CHECK: ad.store {{.*}}, [[P]]
  x[0] = *x + x[i];
  return 0;
}
// CHECK: func.func @"back(const double *, unsigned int)"
double back(const double *x, unsigned n) {
  // CHECK: [[M:%.*]] = ad.constant<-1 : i32>
  // CHECK: ad.offset %arg0, [[M]]
  // CHECK: [[L:%.*]] = ad.cast %arg1 : !ad.int<"unsigned int", 32, false> to !ad.int<"long", 64, true>
  // CHECK: [[N:%.*]] = ad.neg [[L]]
  // CHECK: ad.offset %arg0, [[N]]
  return *(x - 1) + *(x - n);
}
// CHECK: func.func @"commuted(const double *, bool)"
double commuted(const double *x, bool b) {
  // CHECK: [[I:%.*]] = ad.cast %arg1 : i1 to !ad.int<"int", 32, true>
  // CHECK: ad.offset %arg0, [[I]]
  return b[x] + *(2 + x);
}
// CHECK: func.func @"compare(double, const double *, const double *)"
double compare(double v, const double *p, const double *q) {
  // CHECK: ad.cmp lt %arg1, %arg2 : !ad.place<f64>
  // CHECK: ad.cmp eq %arg1, %arg2 : !ad.place<f64>
  // CHECK: ad.distance %arg1, %arg2 : <f64> -> !ad.int<"long", 64, true>
  return p < q || p == q ? v : v * (p - q);
}
// CHECK: func.func @"address(const double *, int, int)"
double address(const double *x, int k, int d) {
  // CHECK: [[P:%.*]] = ad.offset %arg0
  // CHECK: [[Q:%.*]] = ad.let [[P]] <3, "p", "const double *"> : !ad.place<f64>
  const double *p = &x[k * d];
  // CHECK: ad.offset [[Q]], %arg1
  return p[k];
}
// CHECK: func.func @"rows(const double (*)[3], int)"(%arg0: !ad.place<!ad.array<3, f64>>
double rows(const double m[][3], int i) {
  // CHECK: [[R:%.*]] = ad.offset %arg0, %arg1 : <!ad.array<3, f64>>
  // CHECK: ad.element [[R]], {{.*}} : <!ad.array<3, f64>>, {{.*}} -> <f64>
  return m[i][2];
}
// CHECK: func.func @"apart(double *, const double *)"
// CHECK-SAME: %arg0: !ad.place<f64> {{{[^}]*}}ad.restrict, ad.type = "double *__restrict"}
void apart(double *__restrict y, const double *x) { y[1] = x[1]; }
