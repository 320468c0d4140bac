// RUN: adgen %s --function f --emit ir-memory | FileCheck %s
// A call of an operator, or of a function that returns what it was passed, is that
// argument.
struct Vec3 {
  double x, y, z;
};
Vec3 &operator+=(Vec3 &a, const Vec3 &b) {
  a.x += b.x;
  return a;
}
static double operator*(const Vec3 &a, const Vec3 &b) { return a.x * b.x; }
static double &scale(double &a, double s) { return a *= s; }
double f(Vec3 &v, const Vec3 &w, double x) {
  // CHECK: ad.call @"operator+=(Vec3 &, const Vec3 &)"(%arg0, %arg1)
  v += w;
  // CHECK: ad.call @"operator+=(Vec3 &, const Vec3 &)"(%arg0, %arg1)
  // CHECK: ad.member %arg0 "y"
  (v += w).y = x;
  // CHECK: ad.call @"scale(double &, double)"([[X:%.*]], {{.*}}) {ties
  // CHECK: ad.load [[X]]
  double y = scale(x, 2);
  // CHECK: ad.call @"operator*(const Vec3 &, const Vec3 &)"(%arg0, %arg1) : {{.*}} -> f64
  return v * w + y;
}
// CHECK: func.func @"operator+=(Vec3 &, const Vec3 &)"({{.*}}ad.base = "operator_plus_assign"{{.*}}ad.return_type = "void"
// CHECK: ad.return{{$}}
