// RUN: adgen %s --emit ir-memory -- -std=c++17 | FileCheck %s
// RUN: adgen %s --emit ir-memory -- -std=c++20 | FileCheck %s
// An iterator of a container is a place, as a pointer.
#include <array>
#include <vector>
// CHECK: func.func @"loop(std::vector<double> &)"
double loop(std::vector<double> &v) {
  double s = 0;
  // CHECK: [[IT:%.*]] = ad.var <2, "it", "std::vector<double>::iterator"> : <!ad.place<f64>>
  // CHECK: [[B:%.*]] = ad.access "{0}.begin()"(%arg0) {pointer}
  // CHECK: ad.store [[B]], [[IT]]
  // CHECK: [[P:%.*]] = ad.load [[IT]]
  // CHECK: [[E:%.*]] = ad.access "{0}.end()"(%arg0) {pointer}
  // CHECK: ad.cmp ne [[P]], [[E]] : !ad.place<f64>
  // CHECK: [[Q:%.*]] = ad.load [[IT]]
  // CHECK: ad.load [[Q]]
  // CHECK: ad.offset
  for (auto it = v.begin(); it != v.end(); ++it)
    s += *it;
  return s;
}
// CHECK: func.func @"arithmetic(const std::vector<double> &, int)"
double arithmetic(const std::vector<double> &v, int n) {
  // CHECK: [[B:%.*]] = ad.access "{0}.begin()"(%arg0) {pointer}
  // CHECK: [[O:%.*]] = ad.offset [[B]], %arg1
  // CHECK: [[M:%.*]] = ad.let [[O]] <2, "mid", "std::vector<double>::const_iterator">
  const auto mid = v.begin() + n;
  // CHECK: [[X:%.*]] = ad.offset [[M]]
  // CHECK: ad.load [[X]]
  // CHECK: ad.distance
  return mid[1] * (v.end() - mid);
}
// The address of an element is not the iterator.
// CHECK: func.func @"address(std::vector<double> &)"
double address(std::vector<double> &v) {
  // CHECK: [[B:%.*]] = ad.access "{0}.begin()"(%arg0) {pointer}
  // CHECK: [[P:%.*]] = ad.access "&*{0}"([[B]]) {of_pointer, pointer}
  // CHECK: ad.let [[P]] <1, "p", "double *">
  double *p = &*v.begin();
  // CHECK: ad.let {{.*}} <2, "r", "double &">
  double &r = *(v.begin() + 1);
  r = 2;
  return p[1];
}
static double sum(std::vector<double>::const_iterator first, std::vector<double>::const_iterator last) {
  double s = 0;
  while (first != last)
    s += *first++;
  return s;
}
// CHECK: func.func @"passed(const std::vector<double> &)"
double passed(const std::vector<double> &v) {
  // CHECK: ad.call @"sum{{.*}}"({{.*}}) : (!ad.place<f64>, !ad.place<f64>) -> f64
  return sum(v.begin(), v.end());
}
