// RUN: adgen %s --emit ir-memory --print-locations | FileCheck %s
// Each operation's location has the statement that it belongs to, as comments
// quote it.
#define TWICE(a) (2 * (a))
double f(double x, int n) {
  // CHECK-DAG: #ad.stmt<0, "z = x * x">
  // CHECK-DAG: #ad.stmt<1, "w{3}">
  const double z = x * x, w{3};
  // CHECK-DAG: #ad.stmt<2, "x = TWICE(z) + w">
  x = TWICE(z)   /* comment */
      + w; // and a comment
  // CHECK-DAG: #ad.stmt<3, "k = 0">
  // CHECK-DAG: #ad.stmt<4, "for (int k = 0; k < n; ++k)">
  // CHECK-DAG: #ad.stmt<5, "k < n">
  // CHECK-DAG: #ad.stmt<6, "if (x > 1)">
  // CHECK-DAG: #ad.stmt<7, "x /= 2">
  // CHECK-DAG: #ad.stmt<8, "++k">
  for (int k = 0; k < n; ++k)
    if (x > 1)
      x /= 2;
  // CHECK-DAG: #ad.stmt<9, "return x">
  return x;
}
