// RUN: not adgen %s --function mine::f 2>&1 | FileCheck %s
// A function of the user's is not the library's, whatever its name.
namespace mine {
double sin(double x) { return x; }
double f(double x) {
  // CHECK: error: calls of user functions (here 'mine::sin') are not supported yet [adgen-unsupported-call]
  return sin(x);
}
} // namespace mine
