// RUN: not adgen %s -- -std=c++23 2>&1 | FileCheck %s
// A statement or declaration that is not known is refused by its kind.
double f(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this statement (if consteval) is not supported [adgen-unsupported-statement]
  if consteval {
    return x;
  }
  return 2 * x;
}
void release(double *);
double g(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this statement (a variable with a cleanup function) is not supported [adgen-unsupported-statement]
  [[gnu::cleanup(release)]] double y = x;
  return y;
}
