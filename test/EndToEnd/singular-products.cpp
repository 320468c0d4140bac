// RUN: %check-values %s
// RUN: adgen %s --function harmless -o - | FileCheck %s --implicit-check-not='? 0'
// An infinite factor contributes nothing on a path that does not use the product.

// CHECK-VALUES: unused wrt=x at=(0, 0),(0.5, 0),(0.5, 1)
double unused(double x, int uses) {
  const double inverse = 1 / x;
  const double product = x * inverse;
  double r = x;
  if (uses)
    r += product * x;
  double q = r * r;
  if (uses)
    q += product * r;
  return q;
}

// CHECK-VALUES: chosen wrt=x,y at=(0, 2, 0),(0.5, 2, 0),(0.5, 2, 1)
double chosen(double x, double y, int uses) {
  const double inverse = 1 / x;
  const double scaled = inverse * y;
  const double r = uses ? scaled : y * y;
  const double s = uses ? scaled * scaled + r : r + y;
  return r * s;
}

// CHECK-VALUES: twice wrt=x,y at=(0, 2, 0),(0.5, 2, 1),(-1, 3, 2)
double twice(double x, double y, int uses) {
  const double ratio = y / x;
  double t = ratio * y;
  for (int i = 0; i < 2; ++i)
    if (uses > 0)
      t *= ratio;
  double r = y;
  if (uses > 0)
    r = t;
  if (uses > 1)
    r += t * y;
  return r;
}

// Where nothing may be infinite nothing is guarded.
// CHECK-LABEL: double harmless_grad(
// CHECK-VALUES: harmless wrt=x at=(0),(0.5)
double harmless(double x) {
  const double square = x * x;
  const double cube = square * x;
  double r = x;
  if (x != 0)
    r += cube;
  double q = r * r;
  if (x != 0)
    q += cube * r;
  return q;
}
