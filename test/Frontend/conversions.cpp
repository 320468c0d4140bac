// RUN: adgen %s --emit ir-memory | FileCheck %s
// Implicit conversions are casts; explicit ones also say how the user wrote the
// type.
using real = float;
double f(double x, int n) {
  // CHECK: ad.cast {{.*}} : !ad.int<"int", 32, true> to f64
  x += n;
  // CHECK: ad.cast {{.*}} {explicit_spelling = "double"} : !ad.int<"int", 32, true> to f64
  x += static_cast<double>(n) / 2;
  // CHECK: ad.cast {{.*}} {explicit_spelling = "real"} : f64 to f32
  // CHECK-NEXT: ad.cast {{.*}} : f32 to f64
  x = (real)x;
  // CHECK: ad.cast {{.*}} {explicit_spelling = "int"} : f64 to !ad.int<"int", 32, true>
  n += int(x);
  // CHECK: [[B:%.*]] = ad.cast {{.*}} : f64 to i1
  // CHECK: ad.if [[B]]
  if (x)
    x = 1;
  return x;
}
