// RUN: adgen %s --function ns::f --emit ir-memory | FileCheck %s
// Output and logging are kept; what they read are operands. What follows the end of
// the program does not matter.
#include <cstdio>
#include <cstdlib>
#include <iostream>
using namespace std;
namespace ns {
void log(const char *what, double value);
static double traced(double x) {
  printf("{%g}\n", x);
  return x * x;
}
double f(double x, float y, int n) {
  // CHECK: ad.statement "std::cout << \22x = \22 << {0} << '\\n' << std::endl"(%arg0) : f64
  cout << "x = " << x << '\n' << endl;
  // CHECK: [[SUM:%.*]] = ad.add
  // CHECK: ad.statement "std::printf(\22%g %g %d\\n\22, {0}, ({1}), 1)"(%arg1, [[SUM]]) : f32, f64
  std::printf("%g %g %d\n", y, (x + n), 1);
  // CHECK: ad.statement "log(\22x\22, {0})"(%arg0)
  log("x", x);
  // CHECK: ad.if
  // CHECK-NEXT: ad.statement "std::abort()"
  // CHECK-NEXT: [[U:%.*]] = ad.undef : f64
  // CHECK-NEXT: ad.return [[U]]
  if (n < 0)
    std::abort();
  // CHECK: ad.call @"ns::traced(double)"(%arg0) {effects}
  return traced(x);
}
} // namespace ns
// CHECK: func.func @"ns::traced(double)"
// CHECK-SAME: ad.effects
// CHECK: ad.statement "printf(\22{{[{][{]%g[}][}]}}\\n\22, {0})"
