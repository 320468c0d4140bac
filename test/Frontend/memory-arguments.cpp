// RUN: adgen %s --function f --emit ir-memory | FileCheck %s
// What is walked along is passed as a place; elements as numbers, unless the callee
// may change them on another way.
static void axpy(double a, const double *x, double *y, int n) {
  for (int i = 0; i < n; ++i)
    y[i] += a * x[i];
}
static double get(const double *p) { return *p; }
static void set(double &p, double v) { p = v; }
static void scale(const double &a, double *y) { y[1] *= a; }
static int positive(const double *x, int n) {
  int count = 0;
  for (int i = 0; i < n; ++i)
    count += x[i] > 0;
  return count;
}
// CHECK-LABEL: func.func @"f(double *, double *, int)"
double f(double *x, double *y, int n) {
  // CHECK: ad.call @"axpy(double, const double *, double *, int)"({{%.*}}, %arg0, {{%.*}}, %arg2) : (f64, !ad.place<f64>, !ad.place<f64>, {{.*}}) -> ()
  axpy(2, x, y + 1, n);
  // CHECK: [[L:%.*]] = ad.load {{%.*}} : <f64>
  // CHECK: [[G:%.*]] = ad.call @"get(const double *)"([[L]])
  // CHECK: ad.call @"set(double &, double)"({{%.*}}, [[G]]) {ties = array<i64: 0, -1>} : (!ad.place<f64>, f64)
  set(x[1], get(x + 2));
  // CHECK: ad.call @"scale(const double &, double *)[memory,memory]"
  scale(x[0], y);
  double local = x[1];
  // CHECK: ad.call @"scale(const double &, double *)"({{%.*}}, %arg1) : (f64, !ad.place<f64>)
  scale(local, y);
  // CHECK: ad.call @"positive(const double *, int)"(%arg0, %arg2) : (!ad.place<f64>, {{.*}}) -> !ad.int<"int", 32, true>
  return positive(x, n) + x[3];
}
// CHECK: func.func @"axpy(double, const double *, double *, int)"(
// CHECK-SAME: %arg1: !ad.place<f64> {ad.in_memory, {{[^}]*}}ad.type = "const double *"}
// CHECK-SAME: %arg2: !ad.place<f64> {ad.in_memory, {{[^}]*}}ad.out = -1
// CHECK: func.func @"scale(const double &, double *)[memory,memory]"(%arg0: !ad.place<f64> {ad.in_memory
// CHECK: func.func @"scale(const double &, double *)"(%arg0: f64
// CHECK: func.func @"positive(const double *, int)"(%arg0: !ad.place<f64> {ad.in_memory
