// RUN: adgen %s --function f --emit ir-memory | FileCheck %s
// Functions may call themselves and each other.
double odd(double x, int n);
// CHECK: func.func @"f(double, int)"
// CHECK: ad.call @"even(double, int)"
// CHECK: ad.call @"f(double, int)"
double even(double x, int n) { return n == 0 ? x : odd(x, n - 1); }
double odd(double x, int n) { return n == 0 ? -x : even(2 * x, n - 1); }
double f(double x, int n) { return n > 0 ? even(x, n) : f(x, n + 1); }
// CHECK: func.func @"even(double, int)"
// CHECK: ad.call @"odd(double, int)"
// CHECK: func.func @"odd(double, int)"
// CHECK: ad.call @"even(double, int)"
// CHECK-NOT: func.func
