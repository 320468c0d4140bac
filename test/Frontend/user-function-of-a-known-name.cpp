// RUN: adgen %s --function mine::f --emit ir-memory | FileCheck %s
// A function of the user's is not the library's, whatever its name.
namespace mine {
double sin(double x) { return x; }
double f(double x) {
  // CHECK: ad.call @"mine::sin(double)"(%arg0) : (f64) -> f64
  return sin(x);
}
} // namespace mine
