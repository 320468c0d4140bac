// RUN: adgen %s --function fills,sums,finds,memory,functions --emit ir-memory | FileCheck %s
// Algorithms over ranges are loops.
#include <algorithm>
#include <cstring>
#include <functional>
#include <numeric>
#include <vector>
// CHECK: func.func @"fills(double *, std::vector<double> &, int, double)"
double fills(double *y, std::vector<double> &v, int n, double x) {
  // CHECK: ad.while "for"
  // CHECK: ad.cmp lt {{.*}}, %arg2
  // CHECK: [[P:%.*]] = ad.offset %arg0
  // CHECK: ad.store %arg3, [[P]]
  std::fill(y, y + n, x);
  // CHECK: [[N:%.*]] = ad.query "{0}.size()"(%arg1)
  // CHECK: ad.while "for"
  // CHECK: ad.cmp lt {{.*}}, [[N]]
  // CHECK: ad.access "{0}[{1}]"(%arg1
  std::fill(v.begin(), v.end(), 0.0);
  // CHECK: ad.while "for"
  // CHECK: [[A:%.*]] = ad.access "{0}[{1}]"(%arg1
  // CHECK: [[L:%.*]] = ad.load [[A]]
  // CHECK: [[B:%.*]] = ad.offset %arg0
  // CHECK: ad.store [[L]], [[B]]
  std::copy(v.begin(), v.end(), y);
  return y[0];
}
// CHECK: func.func @"sums(const std::vector<double> &, const double *, int)"
double sums(const std::vector<double> &v, const double *x, int n) {
  // CHECK: [[S:%.*]] = ad.var <[[#]], "sum", "double", true>
  // CHECK: ad.while "for"
  // CHECK: ad.add
  // CHECK: ad.store {{.*}}, [[S]]
  double s = std::accumulate(v.begin(), v.end(), 0.0);
  // CHECK: ad.while "for"
  // CHECK: ad.offset %arg1
  // CHECK: ad.access "{0}[{1}]"(%arg0
  // CHECK: ad.mul
  s += std::inner_product(x, x + n, v.begin(), 0.0);
  // CHECK: [[I:%.*]] = ad.var <[[#]], "sum", "int", true>
  // CHECK: ad.cast {{.*}} : !ad.int<"int", 32, true> to f64
  // CHECK: ad.cast {{.*}} : f64 to !ad.int<"int", 32, true>
  s += std::accumulate(x, x + n, 0);
  // CHECK: ad.mul
  return s + std::accumulate(x, x + n, 1.0, std::multiplies<double>());
}
// CHECK: func.func @"finds(const std::vector<double> &, const double *, int)"
double finds(const std::vector<double> &v, const double *x, int n) {
  // CHECK: [[B:%.*]] = ad.var <[[#]], "best", "std::size_t", true>
  // CHECK: ad.while "for"
  // CHECK: ad.if
  // CHECK: ad.store {{.*}}, [[B]]
  // CHECK: [[K:%.*]] = ad.load [[B]]
  // CHECK: ad.access "{0}[{1}]"(%arg0, [[K]])
  double s = *std::max_element(v.begin(), v.end());
  // CHECK-NOT: ad.distance
  // CHECK: ad.store {{.*}} : <!ad.int<"int", 32, true>>
  int i = std::min_element(x, x + n) - x;
  // CHECK: ad.offset
  return s + *std::next(x, i);
}
// CHECK: func.func @"memory(double *, const double *, int)"
double memory(double *y, const double *x, int n) {
  // CHECK: ad.cmp lt {{.*}}, %arg2
  // CHECK: ad.load
  // CHECK: ad.store
  std::memcpy(y, x, n * sizeof(double));
  double a[3];
  // CHECK: ad.constant<3 : i32>
  // CHECK: ad.constant<0.000000e+00 : f64>
  // CHECK: ad.store
  memset(a, 0, sizeof a);
  return y[1] + a[2];
}
static double square(double x) { return x * x; }
// CHECK: func.func @"functions(double *, const double *, int)"
double functions(double *y, const double *x, int n) {
  // CHECK: ad.call @"square(double)"
  std::transform(x, x + n, y, square);
  // CHECK: ad.call @"functions(double *, const double *, int)::(lambda)::operator()(double, double)"
  std::transform(x, x + n, y, y, [](double a, double b) { return a - b; });
  return y[0];
}
