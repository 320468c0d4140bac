// RUN: adgen %s --emit ir-memory | FileCheck %s
// Assignments inside of expressions: the right operand first.
double f(double x, double y) {
  double a, b, q = 1, r = 2;
  // CHECK: [[A:%.*]] = ad.var <2, "a"
  // CHECK: [[B:%.*]] = ad.var <3, "b"
  // CHECK: [[Q:%.*]] = ad.var <4, "q"
  // CHECK: [[R:%.*]] = ad.var <5, "r"
  // CHECK: ad.store %arg0, [[B]]
  // CHECK-NEXT: [[V:%.*]] = ad.load [[B]]
  // CHECK-NEXT: ad.store [[V]], [[A]]
  a = b = x;
  // CHECK: ad.add {{.*}}, %arg1
  // CHECK-NEXT: ad.store {{.*}}, [[R]]
  // CHECK-NEXT: [[SUM:%.*]] = ad.load [[R]]
  // CHECK-NEXT: [[OLD:%.*]] = ad.load [[Q]]
  // CHECK-NEXT: ad.mul [[OLD]], [[SUM]]
  q *= r += y;
  // CHECK: ad.store {{.*}}, [[A]]
  // CHECK: ad.store {{.*}}, [[A]]
  (a += 1) *= 3;
  // CHECK: ad.store %arg1, [[B]]
  // CHECK: ad.store {{.*}}, [[A]]
  a = (b = y, b * 2);
  return a + b + q;
}
