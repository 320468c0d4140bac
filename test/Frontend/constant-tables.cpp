// RUN: adgen %s --emit ir-memory | FileCheck %s
// A constant array outside of the function is read by its name.
// CHECK: ad.declarations = {{.*}}static const double w[3] = {1, 2, 3};
namespace tables {
static const double w[3] = {1, 2, 3};
struct Rule {
  static constexpr int order[2] = {1, 3};
};
// CHECK: func.func @"tables::f(double, int)"
double f(double x, int i) {
  // CHECK: [[W:%.*]] = ad.global "w" : <!ad.array<3, f64>>
  // CHECK: ad.global "tables::Rule::order" : <!ad.array<2, !ad.int<"int", 32, true>>>
  // CHECK: ad.element [[W]], {{.*}} -> <f64>
  return x * w[Rule::order[i]];
}
} // namespace tables
