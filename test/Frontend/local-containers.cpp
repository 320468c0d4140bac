// RUN: adgen %s --emit ir-memory | FileCheck %s
// A local container is made with its size; what else it starts with is stored.
#include <array>
#include <memory>
#include <vector>
// CHECK: func.func @"sizes(double, int)"
double sizes(double x, int n) {
  // CHECK: ad.var <2, "a", "std::vector<double>">(%arg1 : !ad.int<"int", 32, true>) {ad.shape = {element = f64}, init = "({0})", zero_init = "({0})"}
  std::vector<double> a(n);
  // CHECK: ad.var <3, "b", "std::vector<float>">(%arg1, {{.*}} : !ad.int<"int", 32, true>, f32) {ad.shape = {element = f32}, init = "({0}, {1})", zero_init = "({0})"}
  std::vector<float> b(n, 1);
  // CHECK: ad.var <4, "m", "std::vector<std::vector<double>>">(%arg1, {{.*}}) {ad.shape = {element = !ad.object<"std::vector<double>", true>, shape = {element = f64}}, init = "({0}, std::vector<double>({1}))", zero_init = "({0}, std::vector<double>({1}))"}
  std::vector<std::vector<double>> m(n, std::vector<double>(3));
  // CHECK: ad.var <5, "c", "const std::vector<double>">({{.*}} : f64, f64) {ad.shape = {element = f64}, init = "{{[{][{][{]0[}], [{]1[}][}][}]}}", zero_init = "(2)"}
  const std::vector<double> c = {1, .5};
  // CHECK: ad.var <6, "p", "std::unique_ptr<double[]>">(%arg1 : {{.*}}) {init = "(new double[{0}])", zero_init = "(new double[{0}]())"}
  std::unique_ptr<double[]> p(new double[n]);
  // CHECK: ad.var <7, "q", "std::unique_ptr<double[]>">(%arg1 : {{.*}}) {init = " = std::make_unique<double[]>({0})"
  auto q = std::make_unique<double[]>(n);
  // CHECK: ad.access "{0}[{1}]"
  return a[0] + b[0] + m[0][0] + c[0] + p[0] + q[0];
}
// CHECK: func.func @"values(double, int, const std::vector<double> &)"
double values(double x, int n, const std::vector<double> &v) {
  // CHECK: [[A:%.*]] = ad.var <3, "a", "std::vector<double>">(%arg1 : {{.*}}) {ad.shape = {element = f64}, init = "({0})", zero_init = "({0})"}
  // CHECK: ad.while "for"
  // CHECK: ad.access "{0}[{1}]"([[A]]
  // CHECK: ad.store %arg0
  std::vector<double> a(n, x);
  // CHECK: [[B:%.*]] = ad.var <5, "b", "std::vector<double>"> {ad.shape = {element = f64}, init = "(2)", zero_init = "(2)"}
  // CHECK: ad.store %arg0
  std::vector<double> b{x, 2 * x};
  // CHECK: [[N:%.*]] = ad.query "{0}.size()"(%arg2)
  // CHECK: [[C:%.*]] = ad.var <6, "c", "std::vector<double>">([[N]] : {{.*}}) {ad.shape = {element = f64}, init = "({0})"
  // CHECK: ad.while "for"
  // CHECK: ad.access "{0}[{1}]"(%arg2
  std::vector<double> c = v;
  // CHECK: [[D:%.*]] = ad.distance
  // CHECK: ad.var <8, "d", "std::vector<double>">([[D]]
  // CHECK: ad.while "for"
  std::vector<double> d(v.begin() + 1, v.end());
  return a[0] + b[0] + c[0] + d[0];
}
// CHECK: func.func @"arrays(double)"
double arrays(double x) {
  // CHECK: [[A:%.*]] = ad.var <1, "a", "std::array<double, 3>"> {init = "{{ = [{][{][}][}]}}", trivial, zero_init
  // CHECK: ad.access "{0}[{1}]"([[A]]
  // CHECK: ad.store %arg0
  std::array<double, 3> a = {x};
  // CHECK: [[B:%.*]] = ad.var <2, "b", "std::array<double, 3>"> {trivial, zero_init
  // CHECK-COUNT-3: ad.store
  std::array<double, 3> b = a;
  // CHECK-COUNT-3: ad.store
  b = a;
  return b[1];
}
