// RUN: adgen %s --emit ir-memory | FileCheck %s
// What changes a vector as a whole; what is stored is computed before.
#include <utility>
#include <vector>
// CHECK: func.func @"grows(std::vector<double> &, double, int)"
void grows(std::vector<double> &v, double x, int n) {
  // CHECK: [[X:%.*]] = ad.load
  // CHECK: ad.push %arg0, [[X]] : f64
  v.push_back(v[0]);
  // CHECK: ad.pop %arg0
  v.pop_back();
  // CHECK: ad.resize %arg0 to %arg2
  v.resize(n);
  // CHECK: [[ZERO:%.*]] = ad.constant<0
  // CHECK: ad.resize %arg0 to [[ZERO]]
  v.clear();
  v.reserve(7);
  // CHECK: ad.resize %arg0 to %arg2
  // CHECK: ad.query "{0}.size()"(%arg0)
  // CHECK: ad.while
  // CHECK: ad.store %arg1
  v.assign(n, x);
}
// CHECK: func.func @"wholes(std::vector<double> &, double)"
void wholes(std::vector<double> &v, double x) {
  // CHECK: [[W:%.*]] = ad.var <2, "w", "std::vector<double>"> {ad.shape = {element = f64}}
  std::vector<double> w;
  // CHECK: [[N:%.*]] = ad.query "{0}.size()"(%arg0)
  // CHECK: ad.resize [[W]] to [[N]]
  // CHECK: ad.while
  w = v;
  // CHECK: ad.swap [[W]], %arg0
  w.swap(v);
  // CHECK: ad.resize %arg0 to
  // CHECK: ad.swap %arg0, [[W]]
  v = std::move(w);
}
// What is dropped of a vector of vectors is emptied first.
// CHECK: func.func @"rows(std::vector<std::vector<double>> &, double)"
void rows(std::vector<std::vector<double>> &m, double x) {
  // CHECK: ad.push %arg0 :
  // CHECK: [[LAST:%.*]] = ad.query "{0}.size() - 1"(%arg0)
  // CHECK: [[ROW:%.*]] = ad.access "{0}[{1}]"(%arg0, [[LAST]])
  // CHECK: ad.push [[ROW]], %arg1
  m.emplace_back();
  m.back().push_back(x);
  // CHECK: ad.resize %{{.*}} to %{{.*}} : <!ad.object<"std::vector<double>", true>>
  // CHECK: ad.pop %arg0
  m.pop_back();
}
