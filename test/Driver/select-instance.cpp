// RUN: adgen %s --function "power<double, 3>" -o - | FileCheck %s
// The instance of a template that is asked for is made if the file does not have it.
// RUN: adgen %s --function "twice<float>,twice<Real>" -o - | FileCheck %s --check-prefix=TWO
// RUN: adgen %s --function twice -o - | FileCheck %s --check-prefix=USED
// RUN: adgen %s --function "power<double, limit>" -o - | FileCheck %s --check-prefix=CONSTANT
// RUN: adgen %s --function "product<double>" -o - | FileCheck %s --check-prefix=LOOP
// RUN: not adgen %s --function power 2>&1 | FileCheck %s --check-prefix=TEMPLATE
// RUN: not adgen %s --function "power<double, Real>" 2>&1 | FileCheck %s --check-prefix=MISMATCH

// CHECK: //   adgen select-instance.cpp --function 'power<double, 3>'
// CHECK: double power_grad(double x, double seed = 1{{(\.0)?}})
// TWO: float twice_grad(float{{( x)?}}, float seed
// TWO: double twice_grad(double{{( x)?}}, double seed
// USED: double twice_grad(double{{( x)?}}, double seed
// CONSTANT: power_grad
// LOOP: double product_grad(double (&o)[3], double k
// TEMPLATE: error: 'power' is a template; name an instance, as in --function 'power<double>' [adgen-template-arguments]
// MISMATCH: error: no function that is named like this matches 'power<double, Real>' [adgen-no-matching-function]
using Real = double;
constexpr int limit = 5;
template <class T, int n> T power(T x) {
  T y = 1;
  for (int k = 0; k < n; ++k)
    y *= x;
  return y;
}
template <class T> T twice(T x) { return x + x; }
double use(double x) { return twice(x); }
template <class T> T product(T (&o)[3], T k) {
  for (T e : o)
    if (T f = e * e; f > 1)
      k = e * k;
  return k;
}
