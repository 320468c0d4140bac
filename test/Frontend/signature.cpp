// RUN: adgen %s --emit ir-memory | FileCheck %s
// What later stages need to know of the declaration stands in attributes.
namespace outer {
namespace {
namespace inner {
// CHECK: func.func @"outer::inner::f(float, int)"(
// CHECK-SAME: ad.base = "f", ad.file = "signature.cpp", ad.line = [[#@LINE+3]] : i64
// CHECK-SAME: ad.name = "outer::inner::f", ad.namespace = ["outer", "inner"]
// CHECK-SAME: ad.return_type = "double"
double f(float x, int n) { return x * n; }
// CHECK: func.func @"outer::inner::f(double, int)"(
double f(double x, int n) { return x * n; }
} // namespace inner
} // namespace
} // namespace outer
