// RUN: adgen %s --function 'power<double, 3>' --emit ir-memory -- -std=c++17 | FileCheck %s
// Of an instance, the types and constants are those of its arguments, and only
// the taken branch of 'if constexpr' is there.
// CHECK: func.func @"power<double, 3>(double)"({{.*}}ad.type = "double"
// CHECK-SAME: ad.base = "power"
template <class T, int N> T power(T x) {
  // CHECK: ad.var <1, "y", "double"> : <f64>
  // CHECK: ad.cast {{.*}} {explicit_spelling = "double"} : !ad.int<"int", 32, true> to f64
  T y = T(1);
  // CHECK: ad.constant<3 : i32> : !ad.int
  for (int i = 0; i < N; ++i)
    y *= x;
  // CHECK-NOT: ad.if
  // CHECK-NOT: ad.neg
  if constexpr (N > 2)
    return y;
  else
    return -y;
}
