// RUN: adgen %s --emit ir-memory | FileCheck %s
// Of a function that was asked for, what may be one object with another parameter, or
// may not be there, stays in memory.
// CHECK: func.func @"alone(double, double *)"
// CHECK-SAME: %arg1: !ad.place<f64> {ad.local = #ad.local<1, "out", "double">, ad.out = 1 : i64, ad.pass = "pointer", ad.type = "double *"}
double alone(double x, double *out) { return *out = x; }
// CHECK: func.func @"apart(double *, double *, float &)"
// CHECK-NOT: in_memory
// CHECK: return
double apart(double *__restrict a, double *b, float &c) { return *a += *b * c; }
// CHECK: func.func @"onlyRead(const double &, const double *)"(%arg0: f64 {{.*}}, %arg1: f64
double onlyRead(const double &a, const double *b) { return a * *b; }
// CHECK: func.func @"alias(const double &, double &)[memory,memory]"
// CHECK-SAME: %arg0: !ad.place<f64> {ad.in_memory, {{[^}]*}}"const double &"}
// CHECK-SAME: %arg1: !ad.place<f64> {ad.in_memory, {{[^}]*}}"double &"}
double alias(const double &a, double &b) { return b *= a; }
// CHECK: func.func @"perhaps(double, double *)[0,memory]"
double perhaps(double x, double *out) {
  if (x > 0)
    *out = x;
  return x;
}
// CHECK: func.func @"either(double, double *)"
double either(double x, double *out) {
  if (x > 0)
    *out = x;
  else
    *out = -x;
  return x;
}
// CHECK: func.func @"late(double, double *)[0,memory]"
double late(double x, double *out) {
  for (int i = 0; i < 3; ++i)
    if (x > i)
      return 0;
  *out = x;
  return x;
}
